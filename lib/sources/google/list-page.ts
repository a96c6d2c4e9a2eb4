/** Asks Google for one page of a list. Its place is a `pageToken`, which is good for one listing only. */
import { RingerError } from '../../core/errors.ts';
import type { EpochMs } from '../../core/time.ts';
import { ask } from '../ask.ts';
import type { ScopedCredential } from '../authorization.ts';
import { asObject, exactTextAt, valueAt } from '../fields.ts';
import type { ListedPage } from '../listing.ts';
import type { Clock, Credential, Transport } from '../transport.ts';
import { isLimit, limitWaitMs } from './limits.ts';

/** Google's own, where a connection does not name another. */
const API_URL = 'https://admin.googleapis.com';

export interface GoogleConnection {
  readonly apiUrl?: string | undefined;
  readonly credential: ScopedCredential;
  readonly transport: Transport;
  readonly clock: Clock;
}

export interface GoogleList {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The key of the records in the answer; left out by Google when there are none. */
  readonly key: string;
  /** What the answer says it is. */
  readonly kind: string;
}

/**
 * Asks for the first page, or the one at a place.
 *
 * @throws what `ask` throws; SOURCE_SHAPE_CHANGED when the answer is no such list
 */
export async function listPage(
  { path, query, key, kind }: GoogleList,
  place: string | undefined,
  {
    apiUrl = API_URL,
    ...connection
  }: Omit<GoogleConnection, 'credential'> & { readonly credential: Credential },
  deadline: EpochMs,
): Promise<ListedPage> {
  const url = new URL(apiUrl + path);
  const parameters = { ...query, ...(place === undefined ? {} : { pageToken: place }) };
  url.search = new URLSearchParams(parameters).toString();
  const answer = await ask(url, { ...connection, deadline, isLimit, waitMs: limitWaitMs });
  if (answer.outcome !== 'answered') return answer;
  const body = asObject(answer.body);
  // Nothing is only nothing when Google says of what.
  const records = valueAt(body, key) ?? (body?.['kind'] === kind ? [] : undefined);
  if (!Array.isArray(records))
    throw new RingerError('SOURCE_SHAPE_CHANGED', `${url.host} answered ${path} with no ${key}`);
  return { outcome: 'listed', records, next: exactTextAt(body, 'nextPageToken') };
}
