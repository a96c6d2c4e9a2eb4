/** What a fake Google Workspace holds, cut into pages as Google cuts it. */
import { parseTime } from '../../sources/times.ts';
import type { RawRecord } from '../../sources/source.ts';
import type { EpochMs } from '../../core/time.ts';
import { asObject, textAt } from '../../sources/fields.ts';

/** One page as it is answered; `undefined` where Google answers 400. */
export type Answered = Readonly<Record<string, unknown>> | undefined;

interface Activity {
  readonly time: EpochMs;
  /** In which order Google got to know of them: of two at the same time, the later one is listed first. */
  readonly order: number;
  readonly record: RawRecord;
}

/** Says where a listing goes on, and of which listing. */
interface Place {
  readonly age: number;
  readonly listing: string;
  readonly time: number;
  readonly order: number;
}

export class Lists {
  readonly #activities = new Map<string, Activity[]>();
  readonly #users = new Map<unknown, RawRecord>();
  readonly #pageRecords: number;
  #order = 0;
  #age = 1;

  /** @param pageRecords - the most a page holds, however many were asked for */
  constructor(pageRecords: number) {
    this.#pageRecords = pageRecords;
  }

  /** Stores activities, each under its own application; they are in the listings that begin from now on. */
  addActivities(records: readonly RawRecord[]): void {
    for (const record of records) {
      const id = asObject(record['id']);
      const application = textAt(id, 'applicationName') ?? '';
      const time = parseTime(id?.['time']) ?? 0;
      const list = this.#activities.get(application) ?? [];
      list.push({ time, order: this.#order++, record });
      this.#activities.set(application, list);
    }
  }

  putUsers(users: readonly RawRecord[]): void {
    for (const user of users) this.#users.set(user['id'], user);
  }

  /** Makes every page token given so far invalid. */
  forget(): void {
    this.#age++;
  }

  /** Lists an application's activities, newest first. Both ends of the window are outside of it, the harsher reading. */
  activities(application: string, query: URLSearchParams, now: EpochMs): Answered {
    const from = timeIn(query, 'startTime', -Infinity);
    const to = timeIn(query, 'endTime', now);
    const size = this.#sizeIn(query, 1_000);
    if (from === undefined || to === undefined || size === undefined || from >= to || to > now)
      return undefined;
    const listing = `${application} ${from} ${to}`;
    const place = this.#placeIn(query, listing);
    if (place === undefined) return undefined;
    const older = ({ time, order }: Activity): boolean =>
      time < place.time || (time === place.time && order < place.order);
    const rest = (this.#activities.get(application) ?? [])
      .filter((each) => each.time > from && each.time < to && older(each))
      .sort((a, b) => b.time - a.time || b.order - a.order);
    const page = rest.slice(0, size);
    const last = page.at(-1);
    return {
      kind: 'admin#reports#activities',
      etag: '"fake"',
      ...(page.length > 0 && { items: page.map(({ record }) => record) }),
      ...(last !== undefined && rest.length > size && { nextPageToken: this.#token(listing, last) }),
    };
  }

  /** Lists the users there are, or with `showDeleted` those who were deleted. */
  users(query: URLSearchParams): Answered {
    const size = this.#sizeIn(query, 500);
    const deleted = query.get('showDeleted') === 'true';
    const listing = `users ${deleted}`;
    const place = this.#placeIn(query, listing);
    if (query.get('customer') !== 'my_customer' || size === undefined || place === undefined)
      return undefined;
    const all = [...this.#users.values()].filter((user) => Object.hasOwn(user, 'deletionTime') === deleted);
    const start = place.order === Infinity ? 0 : place.order;
    const page = all.slice(start, start + size);
    const end = start + page.length;
    return {
      kind: 'admin#directory#users',
      etag: '"fake"',
      ...(page.length > 0 && { users: page }),
      ...(end < all.length && { nextPageToken: this.#token(listing, { time: 0, order: end }) }),
    };
  }

  #sizeIn(query: URLSearchParams, most: number): number | undefined {
    const size = Number(query.get('maxResults') ?? most);
    if (!Number.isInteger(size) || size < 1 || size > most) return undefined;
    return Math.min(size, this.#pageRecords);
  }

  #token(listing: string, { time, order }: { readonly time: number; readonly order: number }): string {
    const place: Place = { age: this.#age, listing, time, order };
    return Buffer.from(JSON.stringify(place)).toString('base64url');
  }

  /** A token is good for its own listing, until it is forgotten. */
  #placeIn(query: URLSearchParams, listing: string): Pick<Place, 'time' | 'order'> | undefined {
    const token = query.get('pageToken');
    if (token === null) return { time: Infinity, order: Infinity };
    try {
      const place = JSON.parse(Buffer.from(token, 'base64url').toString()) as Place;
      return place.age === this.#age && place.listing === listing ? place : undefined;
    } catch {
      return undefined;
    }
  }
}

function timeIn(query: URLSearchParams, key: string, otherwise: number): number | undefined {
  const text = query.get(key);
  return text === null ? otherwise : parseTime(text);
}
