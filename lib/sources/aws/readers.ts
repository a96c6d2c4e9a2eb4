/** Every feed of an AWS connection, as a collector reads it. */
import type { FeedReader, FeedReaders } from '../reader.ts';
import { systemClock, type Clock } from '../transport.ts';
import { cloudtrail } from './cloudtrail.ts';
import type { AwsConnection } from './connection.ts';
import { readEventHistory } from './event-history.ts';
import { inventory } from './inventory.ts';
import { listInventory } from './inventory-listing.ts';
import { openTargets } from './targets.ts';
import { readTrail } from './trail.ts';

/** Where an organization has a trail, its records are those of the event history, and of more. */
export function awsReaders(connection: AwsConnection, clock: Clock = systemClock): FeedReaders {
  const { trailQueueUrl: queueUrl, trailBucket: bucket } = connection;
  const targets = openTargets(connection, clock);
  const readers: [string, FeedReader][] = [
    [
      'cloudtrail',
      {
        feed: cloudtrail,
        async *read(cursor, { deadline, since }) {
          yield* readEventHistory(cursor, await targets(), { clock, deadline }, since);
        },
      },
    ],
    [
      'inventory',
      {
        feed: inventory,
        async *read(cursor, { deadline }) {
          yield* listInventory(cursor, await targets(), { clock, deadline });
        },
      },
    ],
  ];
  if (queueUrl !== undefined) {
    const trail = { queueUrl, ...(bucket === undefined ? {} : { bucket }) };
    readers.push([
      'cloudtrail-trail',
      { feed: cloudtrail, read: (cursor, { deadline }) => readTrail(cursor, trail, { clock, deadline }) },
    ]);
  }
  return new Map(readers);
}
