/** A fake tenant and a reader of it, for the tests of the live client. */
import { MINUTE_MS, type EpochMs } from '../../../lib/core/time.ts';
import { FakeMicrosoft, type FakeMicrosoftOptions } from '../../../lib/simulator/microsoft/fake-microsoft.ts';
import type { MicrosoftConnection } from '../../../lib/sources/microsoft/connection.ts';
import { microsoftReaders } from '../../../lib/sources/microsoft/readers.ts';
import type { FeedReaders, Page } from '../../../lib/sources/reader.ts';
import type { Normalized, RawRecord } from '../../../lib/sources/source.ts';
import { TestClock } from '../../support/clock.ts';

export const NOW = Date.UTC(2026, 10, 2, 12);
export const TENANT_ID = '0b7e0001-5c1d-4e2f-8a90-3f6d2c1b0001';
export const CLIENT_ID = '0b7e0002-5c1d-4e2f-8a90-3f6d2c1b0002';
export const CLIENT_SECRET = 'invented~secret';

export const SECRET = JSON.stringify({
  tenantId: TENANT_ID,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
});

export class TestTenant {
  readonly clock = new TestClock(NOW);
  readonly fake: FakeMicrosoft;
  secret = SECRET;
  secretsRead = 0;

  constructor(options: Partial<FakeMicrosoftOptions> = {}) {
    const app = { tenantId: TENANT_ID, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
    this.fake = new FakeMicrosoft({ ...app, now: this.clock.now, ...options });
  }

  connection(): MicrosoftConnection {
    const { url } = this.fake;
    return {
      graphUrl: url,
      loginUrl: url,
      manageUrl: url,
      secret: () => {
        this.secretsRead++;
        return Promise.resolve(this.secret);
      },
      transport: fetch,
      clock: this.clock,
      isWatched: ({ name }) => name === 'AnyDesk',
    };
  }

  readers(connection: Partial<MicrosoftConnection> = {}): FeedReaders {
    return microsoftReaders({ ...this.connection(), ...connection });
  }

  /** Reads a feed as one run does, by a client of its own. */
  pages(
    feed: string,
    cursor?: unknown,
    deadline: EpochMs = this.clock.time + 10 * MINUTE_MS,
    connection: Partial<MicrosoftConnection> = {},
  ): AsyncIterable<Page> {
    const reader = this.readers(connection).get(feed);
    if (reader === undefined) throw new Error(`there is no feed ${feed}`);
    return reader.read(cursor, { deadline });
  }

  async read(
    feed: string,
    cursor?: unknown,
    deadline?: EpochMs,
    connection?: Partial<MicrosoftConnection>,
  ): Promise<Page[]> {
    const pages: Page[] = [];
    for await (const page of this.pages(feed, cursor, deadline, connection)) pages.push(page);
    return pages;
  }

  /** Normalises a record as a collector of the feed does. */
  normalize(feed: string, record: RawRecord): Normalized | undefined {
    return this.readers().get(feed)?.feed.normalize(record, { observedTime: this.clock.time });
  }

  /** Reads until the reader throws, and gives what came before, and the error. */
  async readToError(feed: string, cursor?: unknown): Promise<{ pages: readonly Page[]; thrown: unknown }> {
    const pages: Page[] = [];
    try {
      for await (const page of this.pages(feed, cursor)) pages.push(page);
    } catch (thrown) {
      return { pages, thrown };
    }
    throw new Error('the reader did not throw');
  }
}

/** Gives a field of every record. */
export function fieldOf(pages: readonly Page[], key: string): unknown[] {
  return pages.flatMap(({ records }) => records.map((record) => (record as RawRecord)[key]));
}

/** Gives the cursor of the last page. */
export function cursorOf(pages: readonly Page[]): unknown {
  // As it comes back from where it is stored.
  return JSON.parse(JSON.stringify(pages.at(-1)?.cursor)) as unknown;
}

/** Gives the decoded queries of requests to a path. */
export function queriesTo(fake: FakeMicrosoft, path: string): readonly Record<string, string>[] {
  return fake.requests
    .map((request) => new URL(request, fake.url))
    .filter(({ pathname }) => pathname.endsWith(path))
    .map(({ searchParams }) => Object.fromEntries(searchParams));
}
