/**
 * Reads Okta's System Log by polling: no `until`, oldest first, always on from the `next` link. Okta promises every
 * event in the order it was stored that way, and the link is the one cursor that survives runs.
 */
import { RingerError } from '../../core/errors.ts';
import { HOUR_MS, SECOND_MS, type EpochMs } from '../../core/time.ts';
import { ask, type Asking } from '../ask.ts';
import type { ScopedCredential } from '../authorization.ts';
import { asObject, numberAt } from '../fields.ts';
import { FIRST_RUN_MS, type Page, type Reader } from '../reader.ts';
import { parseTime } from '../times.ts';
import type { Clock, Transport } from '../transport.ts';
import { nextLink, ownUrl } from './link-header.ts';
import { rateLimitWaitMs } from './rate-limit.ts';

/** The most Okta gives at once. A shorter page is the newest there is. */
export const PAGE_RECORDS = 1_000;

/** How far before the newest event reading starts again when the link is lost: events are stored out of order. */
const LOST_LINK_OVERLAP_MS = HOUR_MS;
const LOGS_PATH = '/api/v1/logs';

export interface OktaConnection {
  readonly orgUrl: string;
  readonly credential: ScopedCredential;
  readonly transport: Transport;
  readonly clock: Clock;
}

interface Cursor {
  /** The link, as Okta wrote it. */
  readonly next?: string;
  /** Time of the newest event read. */
  readonly newest?: EpochMs;
}

/** Makes the reader of an organization's System Log. */
export function systemLogReader(connection: OktaConnection, scope: string): Reader {
  const credential = connection.credential(scope);
  return (cursor, { deadline, since }) =>
    pages(
      readCursor(cursor),
      { ...connection, credential, deadline, waitMs: rateLimitWaitMs },
      connection.orgUrl,
      since ?? connection.clock.now() - FIRST_RUN_MS,
    );
}

async function* pages(from: Cursor, asking: Asking, orgUrl: string, first: EpochMs): AsyncGenerator<Page> {
  const { origin } = new URL(orgUrl);
  let { newest } = from;
  let url =
    (from.next === undefined ? undefined : ownUrl(from.next, origin, LOGS_PATH)) ??
    startUrl(origin, newest, first);
  let mayFallBack = from.next !== undefined;
  for (;;) {
    const answer = await ask(url, asking);
    if (answer.outcome === 'out-of-time') return;
    if (answer.outcome === 'gone') {
      if (!mayFallBack)
        throw new RingerError(
          'SOURCE_SHAPE_CHANGED',
          `${url.host} answered ${answer.status} to a plain query`,
        );
      mayFallBack = false;
      url = startUrl(origin, newest, first);
      continue;
    }
    if (!Array.isArray(answer.body))
      throw new RingerError('SOURCE_SHAPE_CHANGED', `${url.host} answered with no list of events`);
    const records: readonly unknown[] = answer.body;
    newest = newestOf(records, newest, asking.clock.now());
    const link = nextLink(answer.headers);
    const next = link === undefined ? undefined : ownUrl(link, origin, LOGS_PATH);
    const last = records.length < PAGE_RECORDS;
    yield { records, cursor: cursorOf(next === undefined ? undefined : link, newest), last };
    // The records are good all the same, and are kept; without the link the next run starts a little earlier.
    if (next === undefined)
      throw new RingerError('SOURCE_SHAPE_CHANGED', `${url.host} gave no next link of its own`);
    if (last) return;
    if (next.href === url.href)
      throw new RingerError('SOURCE_SHAPE_CHANGED', 'a page of the System Log is its own next page');
    url = next;
    mayFallBack = true;
  }
}

function startUrl(origin: string, newest: EpochMs | undefined, first: EpochMs): URL {
  const since = newest === undefined ? first : newest - LOST_LINK_OVERLAP_MS;
  const url = new URL(LOGS_PATH, origin);
  url.searchParams.set('since', new Date(since).toISOString());
  url.searchParams.set('sortOrder', 'ASCENDING');
  url.searchParams.set('limit', String(PAGE_RECORDS));
  return url;
}

function newestOf(
  records: readonly unknown[],
  before: EpochMs | undefined,
  now: EpochMs,
): EpochMs | undefined {
  let newest = before;
  for (const record of records) {
    const time = parseTime(asObject(record)?.['published']);
    // An event from the future would make the next start skip everything up to it.
    if (time !== undefined && time <= now + SECOND_MS && (newest === undefined || time > newest))
      newest = time;
  }
  return newest;
}

function cursorOf(next: string | undefined, newest: EpochMs | undefined): Cursor {
  return { ...(next === undefined ? {} : { next }), ...(newest === undefined ? {} : { newest }) };
}

function readCursor(cursor: unknown): Cursor {
  const written = asObject(cursor);
  const next = written?.['next'];
  return cursorOf(typeof next === 'string' ? next : undefined, numberAt(written, 'newest'));
}
