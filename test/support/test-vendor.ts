/** A vendor that lists what happened, two records a page, and whose client reads on in one of the ways there are. */
import { HOUR_MS, type EpochMs } from '../../lib/core/time.ts';
import type { Collected } from '../../lib/pipeline/collect.ts';
import { MOSCOW, sessionStart } from '../../lib/simulator/okta/records.ts';
import { systemLog } from '../../lib/sources/okta/system-log.ts';
import type { Page, Reader } from '../../lib/sources/reader.ts';
import type { RawRecord } from '../../lib/sources/source.ts';

const PAGE_RECORDS = 2;

/**
 * `by-link`: each page says where the next begins, in the order in which records came. The others list what happened
 * since a time, and start an hour before the newest they have read.
 */
export type Way = 'by-link' | 'oldest-first' | 'newest-first';

export function signIn(uuid: string, time: EpochMs): RawRecord {
  return sessionStart({
    uuid,
    time,
    login: 'ada.novak@example.com',
    name: 'Ada Novak',
    ip: '192.0.2.10',
    place: MOSCOW,
  });
}

export class TestVendor {
  readonly #way: Way;
  readonly #records: RawRecord[] = [];

  constructor(way: Way) {
    this.#way = way;
  }

  add(...records: readonly RawRecord[]): void {
    this.#records.push(...records);
  }

  get collected(): Collected {
    const read: Reader = (cursor) => this.#pages(typeof cursor === 'number' ? cursor : 0);
    const overlapMinutes = this.#way === 'by-link' ? 0 : 60;
    return { connection: 'main', id: 'test', overlapMinutes, feed: systemLog, read };
  }

  async *#pages(cursor: number): AsyncGenerator<Page> {
    await Promise.resolve();
    const listed = this.#listed(cursor);
    const pages = Math.max(1, Math.ceil(listed.length / PAGE_RECORDS));
    let readTo = cursor;
    for (let page = 0; page < pages; page++) {
      const records = listed.slice(page * PAGE_RECORDS, (page + 1) * PAGE_RECORDS);
      const last = page === pages - 1;
      if (this.#way === 'by-link') readTo += records.length;
      if (this.#way === 'oldest-first') readTo = Math.max(readTo, ...records.map(timeOf));
      // Newest first, the old cursor holds until all of the window is read.
      if (this.#way === 'newest-first' && last) readTo = Math.max(readTo, ...listed.map(timeOf));
      yield { records, cursor: readTo, last };
    }
  }

  #listed(cursor: number): readonly RawRecord[] {
    if (this.#way === 'by-link') return this.#records.slice(cursor);
    const listed = this.#records.filter((record) => timeOf(record) >= cursor - HOUR_MS);
    const direction = this.#way === 'oldest-first' ? 1 : -1;
    return listed.sort((a, b) => (timeOf(a) - timeOf(b)) * direction);
  }
}

function timeOf(record: RawRecord): EpochMs {
  return Date.parse(record['published'] as string);
}
