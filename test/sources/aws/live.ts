/** Fake accounts and readers of them, for the tests of this folder. */
import { MINUTE_MS } from '../../../lib/core/time.ts';
import { FakeAws, type FakeAwsOptions, type Place } from '../../../lib/simulator/aws/fake-aws.ts';
import type { AwsConnection } from '../../../lib/sources/aws/connection.ts';
import { awsReaders } from '../../../lib/sources/aws/readers.ts';
import type { FeedReaders, Page } from '../../../lib/sources/reader.ts';
import { TestClock } from '../../support/clock.ts';

export const NOW = Date.UTC(2026, 10, 2, 12);
export const OWN: Place = { account: '123456789012', region: 'eu-central-1' };
export const OTHER: Place = { account: '210987654321', region: 'eu-central-1' };
export const ROLE = { roleName: 'RingerReader', externalId: 'invented-id' };

/** The connection that reads both accounts, each by the role in it. */
export const BOTH: AwsConnection = { accounts: [OWN.account, OTHER.account], regions: [], ...ROLE };
/** The connection that reads the account it runs in. */
export const ALONE: AwsConnection = { accounts: [], regions: [], roleName: 'RingerReader' };

/** What a run gave, and what it threw at its end. */
export interface Run {
  readonly pages: readonly Page[];
  readonly thrown: unknown;
  /** The cursor it left. */
  readonly cursor: unknown;
}

export class LiveAws {
  readonly clock = new TestClock(NOW);
  readonly fake: FakeAws;

  constructor(options: Partial<FakeAwsOptions> = {}) {
    const roles = [OWN, OTHER].map(({ account }) => ({ account, ...ROLE }));
    this.fake = new FakeAws({ ownAccount: OWN.account, roles, now: this.clock.now, ...options });
  }

  /** Starts the accounts, and points the SDK of this process at them. */
  async start(): Promise<void> {
    process.env['AWS_REGION'] = OWN.region;
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
    const url = await this.fake.start();
    for (const service of ['CLOUDTRAIL', 'SSM', 'STS']) process.env[`AWS_ENDPOINT_URL_${service}`] = url;
  }

  readers(connection: AwsConnection): FeedReaders {
    return awsReaders(connection, this.clock);
  }

  /** Runs a feed's reader once. */
  run(
    connection: AwsConnection,
    feed: string,
    cursor?: unknown,
    deadline = this.clock.now() + 10 * MINUTE_MS,
  ): Promise<Run> {
    return runReader(this.readers(connection), feed, cursor, deadline);
  }
}

/** Runs a feed's reader once, as a collector does. */
export async function runReader(
  readers: FeedReaders,
  feed: string,
  cursor: unknown,
  deadline: number,
): Promise<Run> {
  const pages: Page[] = [];
  let thrown: unknown;
  try {
    for await (const page of readers.get(feed)?.read(cursor, { deadline }) ?? []) {
      // A ledger keeps cursors as JSON.
      pages.push({ ...page, cursor: JSON.parse(JSON.stringify(page.cursor)) as unknown });
    }
  } catch (error) {
    thrown = error;
  }
  return { pages, thrown, cursor: pages.at(-1)?.cursor ?? cursor };
}
