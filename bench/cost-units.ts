/**
 * What a day of watching costs in units that AWS bills: the deployed system runs on the twin, a Sunday without events and
 * working days with them. The difference is what events cost, the Sunday what merely asking costs.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { OUTPUT } from '../lib/config/names.ts';
import { DAY_MS, MINUTE_MS, type EpochMs } from '../lib/core/time.ts';
import { CompanyVendors, promptly, TRAIL_BUCKET } from '../lib/simulator/company/vendors.ts';
import { itemSizeBytes } from '../lib/simulator/twin/aws/dynamodb/dynalite.ts';
import { TWIN_REGION } from '../lib/simulator/twin/aws/index.ts';
import { deployTwin, NO_MISCHIEF, TwinClock, type Twin } from '../lib/simulator/twin/index.ts';
import { STATE_SORT } from '../lib/stores/ledger-keys.ts';
import { unpacked } from '../lib/stores/packed.ts';
import { blobs, workdays, type Workdays } from './cost-days.ts';

const MONDAY = Date.UTC(2026, 10, 2);
const DAYS = Number(process.env['BENCH_DAYS'] ?? 4);
const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 24);
const STEP_MS = 5 * MINUTE_MS;
const AUDITOR = { accessKeyId: 'auditor', secretAccessKey: 'twin' };

/** Numbers by name; all of them only grow. */
type Counts = ReadonlyMap<string, number>;

const folder = mkdtempSync(join(tmpdir(), 'ringer-bench-'));
const company = workdays(PEOPLE, MONDAY, DAYS);
const clock = new TwinClock(MONDAY - 2 * DAY_MS);
const vendors = new CompanyVendors(company, clock.now, promptly(company));
await vendors.start();
addListings(company);
writeFileSync(join(folder, 'people.csv'), company.people);
writeFileSync(join(folder, 'ringer.yaml'), yaml());
const twin = await deployTwin({
  clock,
  deploy: { config: join(folder, 'ringer.yaml') },
  secrets: vendors.secrets,
  mischief: NO_MISCHIEF,
});
await twin.aws.createBucket(TRAIL_BUCKET);
const logged = new Map<string, number>();
try {
  await play(MONDAY - DAY_MS);
  const saturday = await counts();
  await play(MONDAY);
  const sunday = await counts();
  await play(MONDAY + (DAYS - 1) * DAY_MS);
  const before = await counts();
  await play(MONDAY + DAYS * DAY_MS);
  const after = await counts();
  report(difference(saturday, sunday), difference(before, after), await ledgerSizes(twin));
} finally {
  await twin.stop();
  await vendors.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Everything the vendors have without asking, and at five minutes. */
function yaml(): string {
  const { okta, microsoft, google } = vendors;
  return `
organization: { name: Example, domains: [example.com] }
sources:
  - { name: okta, type: okta, orgUrl: '${okta.url}', every: 5 minutes }
  - name: microsoft
    type: microsoft
    graphUrl: '${microsoft.url}'
    loginUrl: '${microsoft.url}'
    manageUrl: '${microsoft.url}'
    every: 5 minutes
  - { name: google, type: google, apiUrl: '${google.url}', tokenUrl: '${google.tokenUrl}', every: 5 minutes }
  - { name: aws, type: aws, trailBucket: ${TRAIL_BUCKET}, feeds: [cloudtrail-trail], every: 5 minutes }
people: people.csv
alerts:
  channels:
    - { type: email, to: security@example.com, minimumSeverity: low }
    - { type: slack, workspaceId: T0EXAMPLE1, channelId: C0EXAMPLE1, minimumSeverity: high }
`;
}

function addListings({ m365 }: Workdays): void {
  for (const [availableTime, records] of blobs(m365))
    vendors.microsoft.addContent({ contentType: 'Audit.SharePoint', records, availableTime });
}

async function play(until: EpochMs): Promise<void> {
  while (twin.clock.now() < until) {
    const time = Math.min(until, twin.clock.now() + STEP_MS);
    await vendors.listUntil(time, twin);
    await twin.runUntil(time, { onLog });
  }
}

function onLog({ functionName, text, entry }: { functionName: string; text: string; entry?: unknown }): void {
  const add = (name: string, count: number): void => {
    logged.set(name, (logged.get(name) ?? 0) + count);
  };
  add(`log bytes ${functionName}`, Buffer.byteLength(text) + 1);
  const said = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (said['message'] === 'detected') {
    add('lines detected', 1);
    add('bytes detected', Buffer.byteLength(text) + 1);
    for (const name of ['watched', 'subjects']) add(name, Number(said[name]));
  }
  if (said['message'] === 'collected')
    for (const [name, count] of Object.entries((said['counts'] ?? {}) as Record<string, number>))
      add(`${name} ${String(said['feed'])} of ${String(said['connection'])}`, count);
  if (said['level'] === 'ERROR') add(`error: ${String(said['because'])}`, 1);
}

async function counts(): Promise<Counts> {
  const all = new Map(logged);
  const add = (name: string, count: number): void => {
    all.set(name, (all.get(name) ?? 0) + count);
  };
  for (const { caller, table, index, readUnits, writeUnits } of await twin.aws.capacity()) {
    const where = `${caller} ${table.replace(/^\w+-/, '')}${index === undefined ? '' : ` ${index}`}`;
    add(`read units ${where}`, readUnits);
    add(`write units ${where}`, writeUnits);
  }
  for (const { caller, action } of await twin.aws.calls()) add(`calls ${caller} ${action}`, 1);
  for (const { functionName } of twin.invocations) add(`invocations ${functionName}`, 1);
  for (const [name, bytes] of await archived(twin)) add(name, bytes);
  return all;
}

async function archived({ aws, outputs }: Twin): Promise<Counts> {
  const client = new S3Client({ endpoint: aws.endpoint, region: TWIN_REGION, credentials: AUDITOR });
  const bytes = new Map<string, number>();
  const Bucket = outputs[OUTPUT.archiveBucket] ?? '';
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    for (const { Key = '', Size = 0 } of Contents) {
      const name = `archived bytes ${Key.split('/').slice(0, 3).join(' ')}`;
      bytes.set(name, (bytes.get(name) ?? 0) + Size);
    }
  }
  return bytes;
}

function difference(before: Counts, after: Counts): Counts {
  return new Map([...after].map(([name, count]) => [name, count - (before.get(name) ?? 0)]));
}

/** Says what docs/cost/measured.ts has, under the same names. */
function report(idle: Counts, working: Counts, ledger: LedgerSizes): void {
  const more = difference(idle, working);
  const watched = sum(more, /^watched$/);
  const polls = sum(idle, /^invocations Collect/);
  const messages = sum(working, /^lines detected$/);
  const logs = 'system-log|sign-ins|drive|audit';
  const listings = 'managed-devices|users';
  const records = new RegExp(`^(?:used|skipped) (?:${logs}) of`);
  const events = new RegExp(`^events (?:${logs}) of`);
  say('eventWriteUnits', sum(more, /^write units Detect.* Ledger/) / watched);
  say('eventReadUnits', sum(more, /^read units Detect.* Ledger/) / watched);
  say('eventsAnEvaluation', watched / sum(more, /^subjects$/));
  say('accountWriteUnits', sum(idle, /^write units Detect.* Directory/) / sum(idle, /^used users of/));
  say('pollWriteUnits', sum(idle, /^write units Collect/) / polls);
  say('seenWriteUnits', sum(more, /^write units Collect/) / sum(more, records));
  say('seenReadUnits', sum(more, /^read units Collect/) / sum(more, /^calls Collect.* dynamodb:Query/));
  say('tickReadUnits', sum(idle, /^read units Tick/) / sum(idle, /^invocations Tick/));
  say('tickWriteUnits', sum(idle, /^write units Tick/) / sum(idle, /^invocations Tick/));
  say('watchedFeedReadUnits', sum(idle, /^read units Watch/) / sum(idle, /^calls Watch.* dynamodb:GetItem/));
  say('canaryWriteUnits', sum(idle, /^write units (?:Detect|Notify|Evidence).* Alerts/) / 24);
  say('eventLogBytes', ledger.eventBytes);
  say('subjectBytes', ledger.stateBytes);
  say('pollLogBytes', sum(idle, /^log bytes Collect/) / polls);
  say('messageLogBytes', sum(working, /^bytes detected$/) / messages);
  say('invocationLogBytes', sum(idle, /^log bytes Tick/) / sum(idle, /^invocations Tick/));
  say(
    'recordBytes',
    sum(more, new RegExp(`^archived bytes records \\S+ feed=(?:${logs})$`)) / sum(more, records),
  );
  say(
    'archivedEventBytes',
    sum(more, new RegExp(`^archived bytes events \\S+ feed=(?:${logs})$`)) / sum(more, events),
  );
  say(
    'listedBytes',
    sum(idle, new RegExp(`^archived bytes records \\S+ feed=(?:${listings})$`)) /
      sum(idle, new RegExp(`^used (?:${listings}) of`)),
  );
  for (const [name, count] of working) if (name.startsWith('error: ')) console.log(`${count} × ${name}`);
}

function sum(counts: Counts, name: RegExp): number {
  return [...counts].reduce((total, [each, count]) => total + (name.test(each) ? count : 0), 0);
}

function say(name: string, value: number): void {
  console.log(`${name.padEnd(22)} ${Number(value.toPrecision(3))}`);
}

interface LedgerSizes {
  /** An event in a subject's log, its share of the item. */
  readonly eventBytes: number;
  readonly stateBytes: number;
}

async function ledgerSizes({ aws, outputs }: Twin): Promise<LedgerSizes> {
  const client = new DynamoDBClient({ endpoint: aws.endpoint, region: TWIN_REGION, credentials: AUDITOR });
  const TableName = outputs[OUTPUT.ledgerTable] ?? '';
  const bytes = { logs: 0, states: 0 };
  const count = { logs: 0, states: 0 };
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    for (const item of Items) {
      const events = item['events']?.B;
      const kind = events !== undefined ? 'logs' : item['sk']?.S === STATE_SORT ? 'states' : undefined;
      if (kind === undefined) continue;
      bytes[kind] += itemSizeBytes(item as Parameters<typeof itemSizeBytes>[0]);
      count[kind] += events === undefined ? 1 : (unpacked(events) as readonly unknown[]).length;
    }
  }
  return { eventBytes: bytes.logs / count.logs, stateBytes: bytes.states / count.states };
}
