/** What the fake Graph lists: logs newest first, and listings as they are now. */
import type { EpochMs } from '../../core/time.ts';
import { DAY_MS } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';

export type GraphFeed =
  | 'sign-ins'
  | 'other-sign-ins'
  | 'directory-audits'
  | 'risk-detections'
  | 'users'
  | 'managed-devices'
  | 'detected-apps';

interface Stored {
  readonly availableTime: EpochMs;
  readonly record: RawRecord;
}

/** A listing, or the status it is refused with. */
export type Listed = readonly RawRecord[] | { readonly refused: 400 | 404; readonly because: string };

const PATHS: ReadonlyMap<string, { readonly feed: GraphFeed; readonly timeFields?: readonly string[] }> =
  new Map([
    ['/v1.0/auditLogs/signIns', { feed: 'sign-ins', timeFields: ['createdDateTime'] }],
    ['/beta/auditLogs/signIns', { feed: 'other-sign-ins', timeFields: ['createdDateTime'] }],
    ['/v1.0/auditLogs/directoryAudits', { feed: 'directory-audits', timeFields: ['activityDateTime'] }],
    [
      '/v1.0/identityProtection/riskDetections',
      {
        feed: 'risk-detections',
        timeFields: ['lastUpdatedDateTime', 'detectedDateTime', 'activityDateTime'],
      },
    ],
    ['/v1.0/users', { feed: 'users' }],
    ['/v1.0/deviceManagement/managedDevices', { feed: 'managed-devices' }],
    ['/v1.0/deviceManagement/detectedApps', { feed: 'detected-apps' }],
  ]);

const DEVICES_OF_APP = /^\/v1\.0\/deviceManagement\/detectedApps\/([^/]+)\/managedDevices$/;
const WINDOW = /^(\w+) ge ([^ ]+) and (\w+) le ([^ ]+)(?: and signInEventTypes\/any\(t: t eq '(\w+)'\))?$/;

export class GraphListings {
  readonly #stored = new Map<GraphFeed, Stored[]>();
  readonly #keepsMs: number;

  constructor(keepsDays: number) {
    this.#keepsMs = keepsDays * DAY_MS;
  }

  add(feed: GraphFeed, records: readonly RawRecord[], availableTime: EpochMs): void {
    const stored = this.#stored.get(feed) ?? [];
    this.#stored.set(feed, stored);
    for (const record of records) stored.push({ availableTime, record });
  }

  remove(feed: GraphFeed, ids: readonly string[]): void {
    const kept = this.#stored.get(feed)?.filter(({ record }) => !ids.includes(String(record['id'])));
    this.#stored.set(feed, kept ?? []);
  }

  /** Lists what a query asks for, as far as it is available. */
  list(path: string, filter: string | null, now: EpochMs): Listed {
    const appId = DEVICES_OF_APP.exec(path)?.[1];
    if (appId !== undefined) return this.#devicesOf(decodeURIComponent(appId), now);
    const listing = PATHS.get(path);
    if (listing === undefined) return { refused: 404, because: 'Resource not found for the segment.' };
    const records = this.#visible(listing.feed, now);
    if (listing.timeFields === undefined) return records.map(withoutDevices);
    const [, field = '', from = '', field2, to = '', type] = WINDOW.exec(filter ?? '') ?? [];
    const since = Date.parse(from);
    if (!listing.timeFields.includes(field) || field !== field2 || !(since >= now - this.#keepsMs))
      return { refused: 400, because: 'Invalid filter clause' };
    const timeOf = (record: RawRecord): EpochMs => Date.parse(String(record[field]));
    return records
      .filter((record) => timeOf(record) >= since && timeOf(record) <= Date.parse(to) && isOf(record, type))
      .sort((a, b) => timeOf(b) - timeOf(a));
  }

  /** A record that is written again takes the place of the one before. */
  #visible(feed: GraphFeed, now: EpochMs): RawRecord[] {
    const latest = new Map<unknown, RawRecord>();
    for (const { availableTime, record } of this.#stored.get(feed) ?? [])
      if (availableTime <= now) latest.set(record['id'] ?? record, record);
    return [...latest.values()];
  }

  #devicesOf(appId: string, now: EpochMs): Listed {
    const app = this.#visible('detected-apps', now).find(({ id }) => id === appId);
    if (app === undefined) return { refused: 404, because: 'Not found' };
    return (app['managedDevices'] ?? []) as readonly RawRecord[];
  }
}

/** Beta lists interactive sign-ins alone unless it is asked for others. */
function isOf(record: RawRecord, type: string | undefined): boolean {
  const types = record['signInEventTypes'];
  return type === undefined || (Array.isArray(types) && types.includes(type));
}

/** A listing of programs never names the devices, expanded or not. */
function withoutDevices({ managedDevices: _, ...record }: RawRecord): RawRecord {
  return record;
}
