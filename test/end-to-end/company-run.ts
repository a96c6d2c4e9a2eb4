/** Lets the demo's company live in a twin, and scans what the twin archived: two ways that are to end at the same alerts. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { Alert } from '../../lib/core/alerts/alert.ts';
import { CATALOGUE, DETECTIONS } from '../../lib/core/detections/index.ts';
import { DAY_MS, HOUR_MS, startOfDay, type EpochMs } from '../../lib/core/time.ts';
import { readConfig } from '../../lib/config/read-config.ts';
import { parsePeople } from '../../lib/config/people-file.ts';
import { OUTPUT } from '../../lib/config/names.ts';
import { toEgress } from '../../lib/config/policy.ts';
import { openAtlas } from '../../lib/geo/atlas.ts';
import { OWN_DETECTIONS } from '../../lib/pipeline/own-alerts.ts';
import { scan } from '../../lib/scan/scan.ts';
import type { Company, Dated } from '../../lib/simulator/company/demo-company.ts';
import { playCompany } from '../../lib/simulator/company/play.ts';
import {
  beforeEverything,
  CompanyVendors,
  promptly,
  TRAIL_BUCKET,
  type Listing,
} from '../../lib/simulator/company/vendors.ts';
import { TWIN_REGION } from '../../lib/simulator/twin/aws/index.ts';
import {
  deployTwin,
  TwinClock,
  type Listeners,
  type Twin,
  type TwinOptions,
} from '../../lib/simulator/twin/index.ts';
import { contractOf } from '../../lib/core/alerts/publish.ts';
import type { RawRecord } from '../../lib/sources/source.ts';
import { findAlerts } from '../../lib/stores/alert-queries.ts';

export interface CompanyRunOptions {
  readonly company: Company;
  /** When the vendors list each record. */
  readonly listings?: readonly Listing[];
  readonly every?: string;
  readonly twin?: Partial<TwinOptions>;
  /** Called once the twin stands, before time goes on. */
  readonly before?: (twin: Twin) => Promise<void> | void;
  readonly listeners?: Listeners;
}

/** Of what there was at the end. */
export interface CompanyRun {
  readonly twin: Twin;
  readonly vendors: CompanyVendors;
  readonly now: EpochMs;
  /** What the twin's table holds, withdrawn or not, alerts about Ringer itself apart. */
  readonly alerts: readonly Alert[];
  readonly scanned: readonly Alert[];
  /** The vendors' ids of every record in the archive. */
  readonly archived: ReadonlySet<string>;
  readonly stop: () => Promise<void>;
}

/** Sealing and the last ticks are over by then. */
const AFTER_MS = 26 * HOUR_MS;

export async function runCompany(options: CompanyRunOptions): Promise<CompanyRun> {
  const { company, listings = promptly(company), every = '3 hours' } = options;
  const folder = mkdtempSync(join(tmpdir(), 'ringer-test-'));
  const clock = new TwinClock(beforeEverything(company));
  const vendors = new CompanyVendors(company, clock.now, listings);
  await vendors.start();
  const config = join(folder, 'ringer.yaml');
  writeFileSync(join(folder, 'people.csv'), company.people);
  writeFileSync(config, yamlOf(vendors.sources(every)));
  const twin = await deployTwin({
    clock,
    deploy: { config },
    secrets: vendors.secrets,
    seed: 1,
    ...options.twin,
  });
  await twin.aws.createBucket(TRAIL_BUCKET);
  await options.before?.(twin);
  const last = listings.reduce((latest, { listedAt }) => Math.max(latest, listedAt), company.inventoryAt);
  await playCompany(twin, vendors, last + AFTER_MS, options.listeners);
  const now = clock.now();
  const found: Alert[] = [];
  for await (const { alert } of findAlerts(twin.table(twin.outputs[OUTPUT.alertsTable] ?? ''), {}))
    if (!OWN.has(alert.detection)) found.push(alert);
  const archive = join(folder, 'archive');
  await download(twin, twin.outputs[OUTPUT.archiveBucket] ?? '', 'records/', archive);
  return {
    ...{ twin, vendors, now },
    alerts: found,
    scanned: await scanned(archive, config, company.people, now),
    archived: archivedIds(archive),
    async stop() {
      await twin.stop();
      await vendors.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const OWN: ReadonlySet<string> = new Set(OWN_DETECTIONS);

function yamlOf(sources: string): string {
  return `
organization: { name: Example, domains: [example.com] }
sources:${sources}
people: people.csv
alerts:
  channels:
    - { type: email, to: security@example.com, minimumSeverity: low }
    - { type: slack, workspaceId: T0EXAMPLE1, channelId: C0EXAMPLE1, minimumSeverity: high }
`;
}

/** Takes every object of a bucket to a folder. */
async function download(twin: Twin, bucket: string, prefix: string, into: string): Promise<void> {
  const client = new S3Client({
    endpoint: twin.aws.endpoint,
    region: TWIN_REGION,
    credentials: { accessKeyId: 'auditor', secretAccessKey: 'twin' },
  });
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client },
    { Bucket: bucket, Prefix: prefix },
  )) {
    for (const { Key = '' } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const path = join(into, Key);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, (await Body?.transformToByteArray()) ?? '');
    }
  }
}

function archivedIds(folder: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = gunzipSync(readFileSync(join(entry.parentPath, entry.name))).toString();
    for (const line of text.trim().split('\n'))
      ids.add(idOf((JSON.parse(line) as { record: RawRecord }).record));
  }
  return ids;
}

/** Gives the id by which a vendor tells its records apart. */
export function idOf(record: RawRecord): string {
  const { uuid, eventID, id } = record;
  const qualifier = (id as { readonly uniqueQualifier?: string } | undefined)?.uniqueQualifier;
  return String(uuid ?? eventID ?? qualifier ?? id);
}

async function scanned(
  archive: string,
  path: string,
  people: string,
  now: EpochMs,
): Promise<readonly Alert[]> {
  const config = readConfig(path, { catalogue: CATALOGUE });
  const result = await scan({
    paths: [archive],
    config,
    detections: DETECTIONS,
    roster: parsePeople(people).people,
    atlas: await openAtlas({ egress: toEgress(config), vpnOperators: config.policy.vpnOperators }),
    clock: now,
    now,
  });
  if (result.failures.length > 0) throw new Error(JSON.stringify(result.failures));
  return result.alerts.map(contractOf);
}

/** Gives the company with only the last days of its history. */
export function lastDays(company: Company, days: number): Company {
  const { okta, entra, drive, cloudtrail, inventoryAt } = company;
  const since = startOfDay(inventoryAt) - (days - 1) * DAY_MS;
  const late = (records: readonly Dated[]): readonly Dated[] => records.filter(({ at }) => at >= since);
  return {
    ...company,
    ...{ okta: late(okta), entra: late(entra), drive: late(drive), cloudtrail: late(cloudtrail) },
  };
}

/** What two alerts are compared by: everything but what people do to them. */
export function comparable(alerts: readonly Alert[]): readonly object[] {
  return alerts
    .filter(({ status }) => status !== 'withdrawn')
    .map((alert) => ({ ...contractOf(alert), status: 'open' }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
