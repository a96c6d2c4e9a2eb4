/** Fetches what a listing of the Microsoft 365 audit log names: blobs of records, a few at a time. */
import { RingerError } from '../../core/errors.ts';
import { DAY_MS, type EpochMs } from '../../core/time.ts';
import { asObject } from '../fields.ts';
import { timeAt } from '../times.ts';
import type { Management } from './management.ts';
import { foreignLink } from './own-link.ts';

/** As many blobs are fetched at once, and make a page. */
export const BLOBS_AT_ONCE = 10;

/** A blob that still fails after this long, though others do not, is given up: it would hold up the log for ever. */
const GIVEN_UP_MS = DAY_MS;

export interface Content {
  /** Records, and for each blob that is lost its entry in the listing: that much is known of what is missing. */
  readonly records: readonly unknown[];
  /** Why not all of them are here: there was no time, or an error, to be thrown once the records are safe. */
  readonly stopped?: 'out-of-time' | RingerError;
}

type Fetched = readonly unknown[] | 'lost' | 'out-of-time' | RingerError;

/** @param entries - of a listing: `contentUri`, `contentCreated`, `contentExpiration` */
export async function fetchContent(
  entries: readonly unknown[],
  management: Management,
  now: EpochMs,
): Promise<Content> {
  const blobs = await Promise.all(
    entries.map(async (entry) => ({ entry, fetched: await fetchBlob(entry, management, now) })),
  );
  const someRead = blobs.some(({ fetched }) => Array.isArray(fetched));
  const records: unknown[] = [];
  let stopped: Content['stopped'];
  for (const { entry, fetched } of blobs) {
    if (fetched === 'out-of-time') stopped ??= fetched;
    else if (fetched === 'lost') records.push(entry);
    else if (!(fetched instanceof RingerError)) for (const record of fetched) records.push(record);
    else if (someRead && fetched.retryable && isOld(entry, now)) records.push(entry);
    else stopped = fetched;
  }
  return stopped === undefined ? { records } : { records, stopped };
}

async function fetchBlob(entry: unknown, management: Management, now: EpochMs): Promise<Fetched> {
  const listed = asObject(entry);
  const expires = timeAt(listed, 'contentExpiration');
  if (listed === undefined || (expires !== undefined && expires <= now)) return 'lost';
  const url = management.follow(listed['contentUri']);
  if (url === undefined) return foreignLink(management.urlOf(''));
  try {
    const answer = await management.get(url);
    if (answer.outcome === 'out-of-time') return answer.outcome;
    return answer.outcome === 'answered' && Array.isArray(answer.body) ? answer.body : 'lost';
  } catch (thrown) {
    if (thrown instanceof RingerError) return thrown;
    throw thrown;
  }
}

function isOld(entry: unknown, now: EpochMs): boolean {
  const created = timeAt(asObject(entry), 'contentCreated');
  return created !== undefined && created < now - GIVEN_UP_MS;
}
