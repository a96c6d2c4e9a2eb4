/**
 * Reads the software Intune found. A row says on how many devices a program is; on which, only another request tells, and
 * Intune soon refuses those, so that it is made for the programs somebody watches and not for the rest.
 */
import type { RingerError } from '../../core/errors.ts';
import { asObject, idAt, numberAt, textAt } from '../fields.ts';
import type { Page, Reader } from '../reader.ts';
import type { RawRecord } from '../source.ts';
import type { MicrosoftConnection } from './connection.ts';
import { packageOf } from './detected-apps.ts';
import type { Graph, GraphQuery, OpenGraph } from './graph.ts';
import { listingPages } from './listing-reader.ts';
import { APPS, devicesOf } from './queries.ts';

/** What more devices have was rolled out; the row's number says so, and no one device is worth an alert. */
const MOST_DEVICES = 1_000;

export function appsReader(open: OpenGraph, isWatched: MicrosoftConnection['isWatched']): Reader {
  return (_cursor, { deadline }) => pages(open(deadline), isWatched);
}

async function* pages(graph: Graph, isWatched: MicrosoftConnection['isWatched']): AsyncGenerator<Page> {
  for await (const page of listingPages(APPS, graph)) {
    const records: unknown[] = [];
    for (const record of page.records) {
      const app = asObject(record);
      const id = app === undefined ? undefined : watchedId(app, isWatched);
      if (id === undefined) {
        records.push(record);
        continue;
      }
      const found = await devicesWith(id, graph);
      if (found === 'out-of-time') return;
      const { devices, foreign } = found;
      records.push(devices.length === 0 ? record : { ...app, managedDevices: devices });
      if (foreign === undefined) continue;
      yield { ...page, records, last: false };
      throw foreign;
    }
    yield { ...page, records };
  }
}

function watchedId(app: RawRecord, isWatched: MicrosoftConnection['isWatched']): string | undefined {
  const name = textAt(app, 'displayName');
  const count = numberAt(app, 'deviceCount') ?? 1;
  if (name === undefined || count < 1 || count > MOST_DEVICES || !isWatched(packageOf(app, name)))
    return undefined;
  return idAt(app, 'id');
}

interface Found {
  readonly devices: readonly unknown[];
  /** To be thrown once the records are safe. */
  readonly foreign?: RingerError;
}

/** Gives the devices that have a program; none when it was removed from the list meanwhile. */
async function devicesWith(id: string, graph: Graph): Promise<Found | 'out-of-time'> {
  const devices: unknown[] = [];
  let asked: GraphQuery | string | undefined = devicesOf(id);
  while (asked !== undefined && devices.length < MOST_DEVICES) {
    const answer = await graph.page(asked);
    if (answer.outcome === 'out-of-time') return answer.outcome;
    if (answer.outcome === 'gone') break;
    devices.push(...answer.records);
    if (answer.foreign !== undefined) return { devices, foreign: answer.foreign };
    asked = answer.next;
  }
  return { devices };
}
