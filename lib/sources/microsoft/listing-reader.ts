/** Reads a listing of Graph whole, each time: what changed is found by comparing, not here. */
import { RingerError } from '../../core/errors.ts';
import type { Page, Reader } from '../reader.ts';
import type { Graph, GraphQuery, OpenGraph } from './graph.ts';

/** Nothing is left to go on from: the links of a listing do not outlive it. */
const CURSOR = {};

export function listingReader(query: GraphQuery, open: OpenGraph): Reader {
  return (_cursor, { deadline }) => listingPages(query, open(deadline));
}

/** @throws SOURCE_UNAVAILABLE when the listing broke off twice */
export async function* listingPages(query: GraphQuery, graph: Graph): AsyncGenerator<Page> {
  let asked: GraphQuery | string | undefined = query;
  let brokeOff = false;
  while (asked !== undefined) {
    const answer = await graph.page(asked);
    if (answer.outcome === 'out-of-time') return;
    if (answer.outcome === 'gone') {
      if (asked === query)
        throw new RingerError('SOURCE_SHAPE_CHANGED', `Graph does not know the query for ${query.path}`);
      if (brokeOff)
        throw new RingerError('SOURCE_UNAVAILABLE', `Graph ends the listing of ${query.path} early`, {
          retryable: true,
        });
      brokeOff = true;
      asked = query;
      continue;
    }
    const { records, next, foreign } = answer;
    yield { records, cursor: CURSOR, last: next === undefined && foreign === undefined };
    if (foreign !== undefined) throw foreign;
    asked = next;
  }
}
