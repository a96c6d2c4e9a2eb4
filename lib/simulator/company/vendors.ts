/**
 * The company at its vendors: fake Okta, Microsoft and Google over HTTP, and an organization trail in the twin's own AWS,
 * each of which lists a record once its time has come.
 */
import { generateKeyPairSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DAY_MS, isoTime, startOfDay, type EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import { FakeGoogle } from '../google/fake-google.ts';
import { FakeMicrosoft } from '../microsoft/fake-microsoft.ts';
import { FakeOkta } from '../okta/fake-okta.ts';
import type { Twin } from '../twin/index.ts';
import { TWIN_ACCOUNT_ID, TWIN_REGION } from '../twin/aws/index.ts';
import type { Company, Dated } from './demo-company.ts';

/** A record and when its vendor lists it: vendors are late, and some records come twice. */
export interface Listing extends Dated {
  readonly vendor: 'okta' | 'entra' | 'drive' | 'cloudtrail';
  readonly listedAt: EpochMs;
}

const TOKEN = '00invented-token-of-the-company';
const MICROSOFT = {
  tenantId: '11111111-2222-4333-8444-555555555555',
  clientId: '66666666-7777-4888-8999-000000000000',
  clientSecret: 'invented-secret',
};
const SERVICE_ACCOUNT = 'ringer@example-project.iam.gserviceaccount.com';
const ADMIN = 'admin@example.com';
export const TRAIL_BUCKET = 'example-organization-trail';

export class CompanyVendors {
  readonly okta: FakeOkta;
  readonly microsoft: FakeMicrosoft;
  readonly google: FakeGoogle;
  /** By the name that a connection's secret has in ringer.yaml. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly #company: Company;
  #waiting: readonly Listing[];
  #files = 0;

  /**
   * @param now - the time at the vendors
   * @param listings - when each record is listed; without it, at once
   */
  constructor(company: Company, now: () => EpochMs, listings: readonly Listing[] = promptly(company)) {
    this.#company = company;
    this.#waiting = [...listings].sort((a, b) => a.listedAt - b.listedAt);
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    this.okta = new FakeOkta({ token: TOKEN, now });
    this.microsoft = new FakeMicrosoft({ ...MICROSOFT, now });
    const scopes = ['audit', 'users'].map((of) => SCOPES[of] ?? '');
    const account = { clientEmail: SERVICE_ACCOUNT, publicKey, subject: ADMIN, scopes };
    this.google = new FakeGoogle({ account, now });
    this.secrets = {
      'ringer/okta': TOKEN,
      'ringer/microsoft': JSON.stringify(MICROSOFT),
      'ringer/google': JSON.stringify({
        type: 'service_account',
        client_email: SERVICE_ACCOUNT,
        private_key: privateKey,
        subject: ADMIN,
      }),
    };
  }

  /** Starts the servers. Accounts are listed from the first day on, devices and software once they are inventoried. */
  async start(): Promise<void> {
    await Promise.all([this.okta.start(), this.microsoft.start(), this.google.start()]);
    const { users, devices, apps, inventoryAt } = this.#company;
    this.okta.putUsers(...users);
    this.microsoft.add('managed-devices', devices, inventoryAt);
    this.microsoft.add('detected-apps', apps, inventoryAt);
  }

  async stop(): Promise<void> {
    await Promise.all([this.okta.stop(), this.microsoft.stop(), this.google.stop()]);
  }

  /**
   * Gives the `sources` of a ringer.yaml that reads the company.
   *
   * @param every - how often logs are read
   */
  sources(every: string): string {
    return `
  - { name: okta, type: okta, orgUrl: '${this.okta.url}', every: ${every} }
  - name: microsoft
    type: microsoft
    graphUrl: '${this.microsoft.url}'
    loginUrl: '${this.microsoft.url}'
    manageUrl: '${this.microsoft.url}'
    feeds: [sign-ins, managed-devices, detected-apps]
    every: ${every}
  - name: google
    type: google
    apiUrl: '${this.google.url}'
    tokenUrl: '${this.google.tokenUrl}'
    feeds: [login, drive]
    every: ${every}
  - { name: aws, type: aws, trailBucket: ${TRAIL_BUCKET}, feeds: [cloudtrail-trail], every: ${every} }
`;
  }

  /** When the next record is listed; `undefined` when all are. */
  get next(): EpochMs | undefined {
    return this.#waiting[0]?.listedAt;
  }

  /** Lists what is due. */
  async listUntil(time: EpochMs, twin: Twin): Promise<void> {
    const end = this.#waiting.findIndex(({ listedAt }) => listedAt > time);
    const due = end < 0 ? this.#waiting : this.#waiting.slice(0, end);
    this.#waiting = this.#waiting.slice(due.length);
    const of = (vendor: Listing['vendor']): readonly RawRecord[] =>
      due.filter((each) => each.vendor === vendor).map(({ record }) => record);
    this.okta.add(...of('okta'));
    this.microsoft.add('sign-ins', of('entra'));
    this.google.add(...of('drive'));
    const trail = of('cloudtrail');
    if (trail.length > 0) await this.#writeTrail(trail, time, twin);
  }

  /** CloudTrail writes a file, and S3 says so to the queue. */
  async #writeTrail(records: readonly RawRecord[], time: EpochMs, twin: Twin): Promise<void> {
    const aws = {
      endpoint: twin.aws.endpoint,
      region: TWIN_REGION,
      credentials: { accessKeyId: 'cloudtrail', secretAccessKey: 'twin' },
    };
    const day = isoTime(time).slice(0, 10).replaceAll('-', '/');
    const key = `AWSLogs/${TWIN_ACCOUNT_ID}/CloudTrail/us-east-1/${day}/${this.#files++}.json.gz`;
    await new S3Client(aws).send(
      new PutObjectCommand({
        Bucket: TRAIL_BUCKET,
        Key: key,
        Body: gzipSync(JSON.stringify({ Records: records })),
      }),
    );
    const notification = {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: TWIN_REGION,
          eventTime: isoTime(time),
          eventName: 'ObjectCreated:Put',
          s3: { bucket: { name: TRAIL_BUCKET }, object: { key } },
        },
      ],
    };
    await new SQSClient(aws).send(
      new SendMessageCommand({ QueueUrl: trailQueueUrl(twin), MessageBody: JSON.stringify(notification) }),
    );
  }
}

const SCOPES: Readonly<Record<string, string>> = {
  audit: 'https://www.googleapis.com/auth/admin.reports.audit.readonly',
  users: 'https://www.googleapis.com/auth/admin.directory.user.readonly',
};

/** Lists every record the moment it happens. */
export function promptly({ okta, entra, drive, cloudtrail }: Company): readonly Listing[] {
  return Object.entries({ okta, entra, drive, cloudtrail }).flatMap(([vendor, records]) =>
    records.map((each) => ({ ...each, vendor: vendor as Listing['vendor'], listedAt: each.at })),
  );
}

/** Gives the day before the company's first record. */
export function beforeEverything({ okta, entra, drive, cloudtrail }: Company): EpochMs {
  const times = [okta, entra, drive, cloudtrail].flat().map(({ at }) => at);
  return startOfDay(Math.min(...times)) - DAY_MS;
}

function trailQueueUrl(twin: Twin): string {
  for (const { environment } of twin.functionsOf('collect-aws')) {
    const connection = Object.values(environment).find((value) => value.includes('trailQueueUrl'));
    if (connection !== undefined)
      return (JSON.parse(connection) as { readonly trailQueueUrl: string }).trailQueueUrl;
  }
  throw new RangeError('the twin has no collector that reads a trail');
}
