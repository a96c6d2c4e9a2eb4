/**
 * Ordinary working days of an invented company, at four vendors: as many records a person and day as docs/cost reckons
 * with, at any minute of ten hours. Nobody does anything wrong, so that what is measured is what watching costs.
 */
import { DAY_MS, HOUR_MS, isoTime, MINUTE_MS, SECOND_MS, type EpochMs } from '../lib/core/time.ts';
import type { Company, Dated } from '../lib/simulator/company/demo-company.ts';
import { detectedApp, managedDevice, oktaUser } from '../lib/simulator/company/listings.ts';
import { employees, peopleCsv, type Employee } from '../lib/simulator/company/people.ts';
import { driveActivity, entraSignIn, oktaSignIn, s3GetObject } from '../lib/simulator/company/records.ts';
import { randomFrom, type Random } from '../lib/simulator/random.ts';
import type { RawRecord } from '../lib/sources/source.ts';
import { FEEDS, type CostFeed } from '../docs/cost/volumes.ts';

export interface Workdays extends Company {
  /** Records of the Microsoft 365 audit log. */
  readonly m365: readonly Dated[];
}

const FIRST_HOUR = 9;
const HOURS = 10;
const SEED = 11;

/**
 * Makes the company.
 *
 * @param people - 100 at most: each is to have an address of their own
 * @param monday - the first day
 */
export function workdays(people: number, monday: EpochMs, days: number): Workdays {
  const random = randomFrom(SEED);
  const staff = employees(people, random);
  const listed = monday - DAY_MS;
  const recordsOf = (feed: CostFeed['id'], write: Write): readonly Dated[] => {
    const { records, watched } = FEEDS.find(({ id }) => id === feed) ?? { records: 0, watched: 0 };
    return Array.from({ length: days }, (_, day) => monday + day * DAY_MS).flatMap((day) =>
      staff.flatMap((person) =>
        Array.from({ length: records }, (__, index) => {
          const at = day + FIRST_HOUR * HOUR_MS + random.between(0, HOURS * 3_600 - 1) * SECOND_MS;
          return { at, record: write(person, at, index < watched, random) };
        }),
      ),
    );
  };
  const chrome = { name: 'Google Chrome', version: '141.0.7390.55', publisher: 'Google LLC' };
  return {
    people: peopleCsv(staff),
    okta: recordsOf('system-log', okta),
    entra: recordsOf('sign-ins', entra),
    drive: recordsOf('drive', drive),
    cloudtrail: recordsOf('cloudtrail-trail', trail),
    m365: recordsOf('audit', m365),
    users: staff.map(oktaUser),
    inventoryAt: listed,
    devices: staff.map((person) => managedDevice(person, listed)),
    apps: [detectedApp(chrome, staff, listed, random)],
  };
}

type Write = (person: Employee, at: EpochMs, isWatched: boolean, random: Random) => RawRecord;

const okta: Write = (person, at, isWatched, random) => {
  const type = isWatched ? 'user.authentication.sso' : 'app.oauth2.as.token.grant.access_token';
  return oktaSignIn(person, at, { ip: person.homeIp, city: person.city }, random, type);
};

const entra: Write = (person, at, _, random) =>
  entraSignIn(person, at, { ip: person.homeIp, city: person.city }, random);

const drive: Write = (person, at, isWatched, random) => {
  const file = { id: `1${random.hex(32)}`, title: `Plan ${random.hex(4)}` };
  return driveActivity(person, at, person.homeIp, file, random, isWatched ? 'view' : 'edit');
};

const trail: Write = (person, at, isWatched, random) => {
  const read = s3GetObject(person, at, person.homeIp, `2026/${random.hex(8)}.parquet`, random);
  return isWatched
    ? read
    : { ...read, eventSource: 'ec2.amazonaws.com', eventName: 'DescribeInstances', managementEvent: true };
};

const m365: Write = (person, at, isWatched, random) => {
  const site = `https://example.sharepoint.com/sites/${person.department.toLowerCase()}/`;
  const name = `${random.hex(8)}.docx`;
  return {
    CreationTime: isoTime(at).slice(0, 19),
    Id: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-b${random.hex(3)}-${random.hex(12)}`,
    Operation: isWatched ? 'FileAccessed' : 'MailItemsAccessed',
    OrganizationId: '8c1f5d1e-0000-4000-8000-000000000001',
    RecordType: isWatched ? 6 : 50,
    UserKey: `i:0h.f|membership|${random.hex(16)}@live.com`,
    UserType: 0,
    Version: 1,
    Workload: isWatched ? 'SharePoint' : 'Exchange',
    ClientIP: person.homeIp,
    ObjectId: `${site}Shared Documents/${name}`,
    UserId: person.address,
    CorrelationId: random.hex(32),
    ItemType: 'File',
    ListId: random.hex(32),
    SiteUrl: site,
    SourceFileExtension: 'docx',
    SourceFileName: name,
    SourceRelativeUrl: 'Shared Documents',
    UserAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
    ApplicationDisplayName: 'SharePoint Online Web Client Extensibility',
    ListItemUniqueId: random.hex(32),
    AppAccessContext: { AADSessionId: random.hex(32), UniqueTokenId: random.hex(22) },
  };
};

/** A blob of the Microsoft 365 audit log holds what happened in so long. */
const BLOB_MS = 10 * MINUTE_MS;

/** Cuts records into blobs, each with the time at which it becomes available. */
export function blobs(records: readonly Dated[]): ReadonlyMap<EpochMs, readonly RawRecord[]> {
  const byTime = new Map<EpochMs, RawRecord[]>();
  for (const { at, record } of records) {
    const available = (Math.floor(at / BLOB_MS) + 1) * BLOB_MS;
    const blob = byTime.get(available) ?? [];
    blob.push(record);
    byTime.set(available, blob);
  }
  return byTime;
}
