/** Reads Okta's users and devices, of which it lists all there are, in no order to rely on. */
import { RingerError } from '../../core/errors.ts';
import { ask } from '../ask.ts';
import { listingReader, type ListedPage } from '../listing.ts';
import type { Reader } from '../reader.ts';
import type { OktaConnection } from './client.ts';
import { nextLink, ownUrl } from './link-header.ts';
import { rateLimitWaitMs } from './rate-limit.ts';

/** What is asked of a list, beside its size. */
type Query = Readonly<Record<string, string>>;

/** The most both lists give at once. */
const PAGE_RECORDS = 200;

/** Makes the reader of all users. Those who have left are in no plain listing, and are asked for by themselves. */
export function usersReader(connection: OktaConnection, scope: string): Reader {
  return reader(connection, scope, '/api/v1/users', [{}, { search: 'status eq "DEPROVISIONED"' }]);
}

/** Makes the reader of all devices, with their users inside: asking for each device's would cost a request each. */
export function devicesReader(connection: OktaConnection, scope: string): Reader {
  return reader(connection, scope, '/api/v1/devices', [{ expand: 'user' }]);
}

function reader(connection: OktaConnection, scope: string, path: string, queries: readonly Query[]): Reader {
  const credential = connection.credential(scope);
  const { origin } = new URL(connection.orgUrl);
  return listingReader(queries, async (query, place, deadline): Promise<ListedPage> => {
    const url = place === undefined ? firstUrl(origin, path, query) : ownUrl(place, origin, path);
    if (url === undefined) return { outcome: 'gone' };
    const answer = await ask(url, { ...connection, credential, deadline, waitMs: rateLimitWaitMs });
    if (answer.outcome !== 'answered') return answer;
    if (!Array.isArray(answer.body))
      throw new RingerError('SOURCE_SHAPE_CHANGED', `${url.host} answered ${path} with no list`);
    const next = nextLink(answer.headers);
    if (next !== undefined && ownUrl(next, origin, path) === undefined)
      throw new RingerError('SOURCE_SHAPE_CHANGED', `${url.host} gave a next link that is not its own`);
    return { outcome: 'listed', records: answer.body, next };
  });
}

function firstUrl(origin: string, path: string, query: Query): URL {
  const url = new URL(path, origin);
  url.search = new URLSearchParams({ limit: String(PAGE_RECORDS), ...query }).toString();
  return url;
}
