/**
 * The corpus of the reading benchmark, fixed by bytes: 60 % CloudTrail (2 % of its records relevant), 15 % Okta, 10 %
 * Office 365, 10 % Google, 5 % Entra, in the layouts exports have.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DAY_MS, isoTime } from '../lib/core/time.ts';
import { employees, type Employee } from '../lib/simulator/company/people.ts';
import { driveActivity, entraSignIn, oktaSignIn, s3GetObject } from '../lib/simulator/company/records.ts';
import { randomFrom, type Random } from '../lib/simulator/random.ts';

export type Part = 'aws' | 'okta' | 'm365' | 'google' | 'entra';

export const SHARES: Readonly<Record<Part, number>> = {
  aws: 0.6,
  okta: 0.15,
  m365: 0.1,
  google: 0.1,
  entra: 0.05,
};

const START = Date.UTC(2026, 1, 1);
const SPAN_MS = 14 * DAY_MS;
const FILE_BYTES = 8 << 20;
/** 200 MB are a fortnight of 2,000 people. */
const BYTES_A_PERSON = 100_000;
/** As often as a tenant of ordinary applications has them. */
const OKTA_TYPES = [
  'user.session.start',
  'user.authentication.sso',
  'user.authentication.auth_via_mfa',
  'app.oauth2.as.token.grant.access_token',
] as const;
const DRIVE_NAMES = ['view', 'view', 'edit', 'edit', 'download', 'upload'] as const;
const IRRELEVANT_CALLS = [
  ['ec2.amazonaws.com', 'DescribeInstances'],
  ['sts.amazonaws.com', 'AssumeRole'],
  ['kms.amazonaws.com', 'Decrypt'],
  ['s3.amazonaws.com', 'ListBuckets'],
  ['logs.amazonaws.com', 'DescribeLogGroups'],
  ['secretsmanager.amazonaws.com', 'GetSecretValue'],
  ['dynamodb.amazonaws.com', 'DescribeTable'],
  ['iam.amazonaws.com', 'ListRoles'],
] as const;

/**
 * Writes the corpus below a folder, one folder a part.
 *
 * @param bytes - size of all records before compression
 */
export function writeCorpus(folder: string, bytes: number): void {
  for (const [part, share] of Object.entries(SHARES) as [Part, number][])
    writePart(join(folder, part), part, bytes * share, Math.ceil(bytes / BYTES_A_PERSON));
}

function writePart(folder: string, part: Part, bytes: number, headcount: number): void {
  mkdirSync(folder, { recursive: true });
  const random = randomFrom(hashOf(part));
  const people = employees(headcount, random).map(withOwnAddress);
  for (let written = 0, file = 0; written < bytes; file++) {
    const records: string[] = [];
    let size = 0;
    while (size < FILE_BYTES && written + size < bytes) {
      const at = START + Math.floor((SPAN_MS * (written + size)) / bytes);
      const text = JSON.stringify(
        recordOf(part, random.pick(people as [Employee, ...Employee[]]), at, random),
      );
      records.push(text);
      size += text.length;
    }
    written += size;
    const [name, text] = layout(part, file, records);
    writeFileSync(join(folder, name), name.endsWith('.gz') ? gzipSync(text) : text);
  }
}

/** Employees’ names repeat; here nobody is anybody else. */
function withOwnAddress(person: Employee, index: number): Employee {
  return {
    ...person,
    address: `p${index}.${person.address}`,
    homeIp: `198.${18 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`,
  };
}

function layout(part: Part, file: number, records: readonly string[]): readonly [string, string] {
  switch (part) {
    case 'aws':
      return [`trail-${file}.json.gz`, `{"Records":[${records.join(',')}]}`];
    case 'okta':
      return [`system-log-${file}.ndjson`, `${records.join('\n')}\n`];
    case 'm365':
      return [`audit-${file}.json`, `[${records.join(',')}]`];
    case 'google':
      return [
        `activities-${file}.json`,
        `{"kind":"admin#reports#activities","items":[${records.join(',')}]}`,
      ];
    case 'entra':
      return [`sign-ins-${file}.ndjson.gz`, `${records.join('\n')}\n`];
  }
}

function recordOf(part: Part, person: Employee, at: number, random: Random): object {
  const from = { ip: person.homeIp, city: person.city };
  switch (part) {
    case 'aws':
      return random.next() < 0.02
        ? s3GetObject(person, at, person.homeIp, `k${random.hex(6)}`, random)
        : irrelevantCall(person, at, random);
    case 'okta':
      return oktaSignIn(person, at, from, random, random.pick(OKTA_TYPES));
    case 'm365':
      return sharePointRecord(person, at, random);
    case 'google':
      return driveActivity(
        person,
        at,
        person.homeIp,
        { id: `1${random.hex(30)}`, title: `Plan ${random.hex(4)}` },
        random,
        random.pick(DRIVE_NAMES),
      );
    case 'entra':
      return entraSignIn(person, at, from, random);
  }
}

function irrelevantCall(person: Employee, at: number, random: Random): object {
  const [eventSource, eventName] = random.pick<readonly [string, string]>(IRRELEVANT_CALLS);
  const {
    requestParameters: _,
    additionalEventData: _data,
    ...base
  } = s3GetObject(person, at, person.homeIp, '', random) as Record<string, unknown>;
  return {
    ...base,
    eventSource,
    eventName,
    requestParameters: {
      filterSet: { items: [{ name: 'tag:team', valueSet: { items: [{ value: person.department }] } }] },
      maxResults: 100,
    },
    resources: [],
    managementEvent: true,
    eventCategory: 'Management',
  };
}

function sharePointRecord(person: Employee, at: number, random: Random): object {
  const site = `https://example.sharepoint.com/sites/${person.department.toLowerCase()}/`;
  return {
    CreationTime: isoTime(at).slice(0, 19),
    Id: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-b${random.hex(3)}-${random.hex(12)}`,
    Operation: random.pick(['FileAccessed', 'FileModified', 'FileDownloaded', 'FilePreviewed', 'PageViewed']),
    OrganizationId: '8c1f5d1e-0000-4000-8000-000000000001',
    RecordType: 6,
    UserKey: `i:0h.f|membership|${random.hex(16)}@live.com`,
    UserType: 0,
    Version: 1,
    Workload: 'SharePoint',
    ClientIP: person.homeIp,
    ObjectId: `${site}Shared Documents/${random.hex(8)}.docx`,
    UserId: person.address,
    CorrelationId: random.hex(32),
    EventSource: 'SharePoint',
    ItemType: 'File',
    ListId: random.hex(32),
    SiteUrl: site,
    SourceFileExtension: 'docx',
    SourceFileName: `${random.hex(8)}.docx`,
    SourceRelativeUrl: 'Shared Documents',
    UserAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
    IsManagedDevice: true,
    ApplicationDisplayName: 'SharePoint Online Web Client Extensibility',
    AuthenticationType: 'OAuth',
    BrowserName: 'Chrome',
    BrowserVersion: '141.0.0.0',
    DeviceDisplayName: person.homeIp,
    EventSignature: '',
    HighPriorityMediaProcessing: false,
    Platform: 'WinDesktop',
    Site: random.hex(32),
    WebId: random.hex(32),
    ListItemUniqueId: random.hex(32),
    ListServerTemplate: '101',
    ListBaseType: '1',
    GeoLocation: 'NAM',
    AppAccessContext: { AADSessionId: random.hex(32), UniqueTokenId: random.hex(22) },
  };
}

function hashOf(part: Part): number {
  return [...part].reduce((hash, letter) => hash * 31 + (letter.codePointAt(0) ?? 0), 7);
}
