/**
 * Microsoft Graph through its SDK, which writes the requests, and `ask`, which sends them: the SDK's own handlers would
 * retry by rules of their own, wait three minutes, and send no token to a server on this machine.
 */
import { Client, ResponseType, type Context } from '@microsoft/microsoft-graph-client';
import { RingerError } from '../../core/errors.ts';
import type { EpochMs } from '../../core/time.ts';
import { ask, type Answer } from '../ask.ts';
import { asObject, valueAt } from '../fields.ts';
import type { Credential } from '../transport.ts';
import { serviceOf, type MicrosoftConnection } from './connection.ts';
import { limitWaitMs } from './limits.ts';
import { foreignLink, ownLink } from './own-link.ts';
import type { Tokens } from './tokens.ts';

/** The first page of a listing; the ones after have links. */
export interface GraphQuery {
  readonly version: 'v1.0' | 'beta';
  readonly path: string;
  readonly filter?: string;
  readonly select?: readonly string[];
  readonly expand?: string;
  /** The most records Graph gives at once here. */
  readonly top?: number;
}

export type GraphAnswer =
  | {
      readonly outcome: 'answered';
      readonly records: readonly unknown[];
      /** Absent on the last page. It serves for this listing and no later one: its token dies within the hour. */
      readonly next?: string;
      /** The link leads elsewhere and is not followed; to be thrown once the records are safe. */
      readonly foreign?: RingerError;
    }
  | Exclude<Answer, { readonly outcome: 'answered' }>;

export interface Graph {
  readonly page: (asked: GraphQuery | string) => Promise<GraphAnswer>;
}

/** Makes what a run asks Graph with; see `ask` for what it throws. */
export type OpenGraph = (deadline: EpochMs) => Graph;

export function graphOf(connection: MicrosoftConnection, tokens: Tokens): OpenGraph {
  const { base, resource } = serviceOf('graph', connection.graphUrl);
  const credential = tokens.credential(resource);
  return (deadline) => {
    const client = Client.initWithMiddleware({
      baseUrl: secure(base.href),
      middleware: { execute: (context) => answerInstead(context, base, connection, credential, deadline) },
    });
    return {
      page: async (asked) => {
        const request = typeof asked === 'string' ? client.api(secure(asked)) : written(client, asked);
        const answer = (await request.responseType(ResponseType.RAW).get()) as Handed;
        if (answer.outcome === 'failed') throw answer.thrown;
        return answer.outcome === 'answered' ? pageOf(answer.body, base) : answer;
      },
    };
  };
}

function written(client: Client, { version, path, filter, select, expand, top }: GraphQuery) {
  const request = client.api(path).version(version);
  if (filter !== undefined) request.filter(filter);
  if (select !== undefined) request.select([...select]);
  if (expand !== undefined) request.expand(expand);
  if (top !== undefined) request.top(top);
  return request;
}

/** What our handler hands through the SDK; it would wrap errors beyond recognition. */
type Handed = Answer | { readonly outcome: 'failed'; readonly thrown: unknown };

/** Asked for `RAW`, the SDK gives back whatever its handler put where the response belongs, untouched. */
async function answerInstead(
  context: Context,
  base: URL,
  { transport, clock }: MicrosoftConnection,
  credential: Credential,
  deadline: EpochMs,
): Promise<void> {
  const url = new URL(context.request as string);
  url.protocol = base.protocol;
  const handed: Handed = await ask(url, {
    transport,
    credential,
    clock,
    deadline,
    waitMs: limitWaitMs,
  }).catch((thrown: unknown) => ({ outcome: 'failed', thrown }));
  context.response = handed as unknown as Response;
}

/** The SDK knows a URL from a path by `https:`. */
function secure(url: string): string {
  return url.replace(/^http:/, 'https:');
}

function pageOf(body: unknown, base: URL): GraphAnswer {
  const page = asObject(body);
  const records = valueAt(page, 'value');
  if (!Array.isArray(records))
    throw new RingerError('SOURCE_SHAPE_CHANGED', `${base.host} answered with no list of records`);
  const link = valueAt(page, '@odata.nextLink');
  if (link === undefined || link === null) return { outcome: 'answered', records };
  const next = ownLink(link, base);
  return next === undefined
    ? { outcome: 'answered', records, foreign: foreignLink(base) }
    : { outcome: 'answered', records, next: next.href };
}
