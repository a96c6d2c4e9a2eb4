/** A service that reads a hundred thousand objects a day, and the tables that its events lie in. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KEY } from '../lib/config/names.ts';
import type { Event } from '../lib/core/events/index.ts';
import type { SubjectRef } from '../lib/core/people/subject.ts';
import { DAY_MS, type EpochMs } from '../lib/core/time.ts';
import { employees } from '../lib/simulator/company/people.ts';
import { s3GetObject } from '../lib/simulator/company/records.ts';
import { randomFrom } from '../lib/simulator/random.ts';
import { TWIN_REGION, type TwinAws } from '../lib/simulator/twin/aws/index.ts';
import { aws } from '../lib/sources/aws/index.ts';
import { documents, type Table } from '../lib/stores/table.ts';

/** When the day ends that the events are spread over. */
export const NOW: EpochMs = Date.UTC(2026, 10, 10, 12);
const TABLES = ['alerts', 'ledger', 'directory'] as const;

export type Tables = Readonly<Record<(typeof TABLES)[number], Table>>;

export async function createTables(server: TwinAws): Promise<void> {
  const keys = [KEY.partition, KEY.sort];
  for (const TableName of TABLES) {
    await server.createTable({
      TableName,
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: KEY.partition, KeyType: 'HASH' },
        { AttributeName: KEY.sort, KeyType: 'RANGE' },
      ],
    });
  }
}

export function openTables(endpoint: string): Tables {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'twin' };
  const client = documents(new DynamoDBClient({ endpoint, region: TWIN_REGION, credentials }));
  const open = (name: string): Table => ({ client, name });
  return { alerts: open('alerts'), ledger: open('ledger'), directory: open('directory') };
}

export interface Crowd {
  readonly subject: SubjectRef;
  readonly events: readonly Event[];
}

/** Gives reads of that many objects, evenly over the day before `NOW`, as CloudTrail reports them. */
export function crowdOf(count: number): Crowd {
  const random = randomFrom(1);
  const [person] = employees(1, random);
  if (person === undefined) throw new RangeError('the company has nobody');
  const events = Array.from({ length: count }, (_, n) => {
    const at = NOW - DAY_MS + Math.floor((n * DAY_MS) / count);
    const record = s3GetObject(person, at, person.homeIp, `2026/customer-${n}.parquet`, random);
    const feed = aws.feeds.find((each) => each.recognizes(record));
    const normalized = feed?.normalize(record, { observedTime: NOW });
    return normalized?.outcome === 'events' ? normalized.events : [];
  });
  return { subject: { kind: 'person', id: person.address }, events: events.flat() };
}
