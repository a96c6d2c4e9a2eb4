/** What a fake Okta organization holds, and what of it a request asks for. */
import { DAY_MS, type EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import type { PageRequest } from './pages.ts';

/** The lists there are, and the scope that opens each. */
export const SCOPES: ReadonlyMap<string, string> = new Map([
  ['/api/v1/logs', 'okta.logs.read'],
  ['/api/v1/users', 'okta.users.read'],
  ['/api/v1/devices', 'okta.devices.read'],
]);

const INVENTORY = { first: () => 0, limit: { usual: 200, most: 200 }, endless: false };

export class Lists {
  readonly #now: () => EpochMs;
  readonly #log: RawRecord[] = [];
  readonly #storedTimes: EpochMs[] = [];
  readonly #users = new Map<unknown, RawRecord>();
  readonly #devices = new Map<unknown, RawRecord>();

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  addToLog(records: readonly RawRecord[]): void {
    for (const record of records) {
      this.#log.push(record);
      this.#storedTimes.push(this.#now());
    }
  }

  putUsers(users: readonly RawRecord[]): void {
    for (const user of users) this.#users.set(user['id'], user);
  }

  putDevices(devices: readonly RawRecord[]): void {
    for (const device of devices) this.#devices.set(device['id'], device);
  }

  /** Gives the list that a URL asks for. */
  asked(url: URL): PageRequest {
    const { pathname, searchParams } = url;
    if (pathname === '/api/v1/users')
      return { url, ...INVENTORY, list: usersWith(searchParams.get('search'), [...this.#users.values()]) };
    if (pathname === '/api/v1/devices') {
      const hidden = searchParams.get('expand') === 'user' ? {} : { _embedded: undefined };
      return { url, ...INVENTORY, list: [...this.#devices.values()].map((each) => ({ ...each, ...hidden })) };
    }
    return {
      url,
      list: this.#log,
      first: () => this.#firstSince(searchParams.get('since')),
      limit: { usual: 100, most: 1_000 },
      endless: true,
    };
  }

  /** Polling goes by when a record was stored, not by `published`. */
  #firstSince(since: string | null): number {
    const time = since === null ? this.#now() - 7 * DAY_MS : Date.parse(since);
    const index = this.#storedTimes.findIndex((stored) => stored >= time);
    return index < 0 ? this.#log.length : index;
  }
}

/** Without a search, those who have left are missing. */
function usersWith(search: string | null, users: readonly RawRecord[]): readonly RawRecord[] {
  const status = /^status eq "([A-Z_]+)"$/.exec(search ?? '')?.[1];
  return users.filter((user) =>
    search === null ? user['status'] !== 'DEPROVISIONED' : user['status'] === status,
  );
}
