/**
 * What a day of watching costs in units that AWS bills: the deployed system runs on the twin, a Sunday without events and
 * working days with them. The difference is what events cost, the Sunday what merely asking costs.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { OUTPUT } from '../lib/config/names.ts';
import { DAY_MS, dayOf, MINUTE_MS, type EpochMs } from '../lib/core/time.ts';
import { CompanyVendors, promptly, TRAIL_BUCKET } from '../lib/simulator/company/vendors.ts';
import { TWIN_REGION } from '../lib/simulator/twin/aws/index.ts';
import { deployTwin, NO_MISCHIEF, TwinClock, type Twin } from '../lib/simulator/twin/index.ts';
import { blobs, workdays, type Workdays } from './workdays.ts';

const MONDAY = Date.UTC(2026, 10, 2);
const DAYS = Number(process.env['BENCH_DAYS'] ?? 3);
const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 30);
const STEP_MS = 5 * MINUTE_MS;

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
  print('An idle day', difference(saturday, sunday));
  print('A working day', difference(before, after));
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
  if (said['message'] === 'detected')
    for (const name of ['events', 'watched', 'subjects', 'late', 'written']) add(name, Number(said[name]));
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
  const client = new S3Client({
    endpoint: aws.endpoint,
    region: TWIN_REGION,
    credentials: { accessKeyId: 'auditor', secretAccessKey: 'twin' },
  });
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
  const grown = [...after].map(([name, count]): [string, number] => [name, count - (before.get(name) ?? 0)]);
  return new Map(grown.filter(([, count]) => count !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function print(title: string, of: Counts): void {
  console.log(`\n${title} of ${PEOPLE} people, ${dayOf(MONDAY)} and after:`);
  for (const [name, count] of of) console.log(`${String(Math.round(count * 10) / 10).padStart(12)}  ${name}`);
}
