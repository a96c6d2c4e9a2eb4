/** An AWS connection as the collector is given it: one variable, as JSON. */
import type { Variable } from '../../config/environment.ts';
import { asObject } from '../fields.ts';
import type { RawRecord } from '../source.ts';

export interface AwsConnection {
  /** Twelve digits each. Empty: the account this runs in, with its own credentials. */
  readonly accounts: readonly string[];
  /** Empty: the Region this runs in. */
  readonly regions: readonly string[];
  /** The role that is assumed in each of `accounts`. */
  readonly roleName: string;
  readonly externalId?: string;
  /** The queue that is told of each new file of the trail. */
  readonly trailQueueUrl?: string;
  /** The one bucket whose files are read; absent: whichever the queue names. */
  readonly trailBucket?: string;
}

const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2,3}(?:-[a-z]+)+-\d$/;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const BUCKET = /^[a-z0-9.-]{3,63}$/;

/**
 * Makes the variable that holds a connection.
 *
 * @example awsConnection('RINGER_AWS_CONNECTION').read('{"roleName":"RingerReader"}')
 * // => { accounts: [], regions: [], roleName: 'RingerReader' }
 */
export function awsConnection(name: string): Variable<AwsConnection> {
  return { name, read: readConnection };
}

function readConnection(written: string | undefined): AwsConnection {
  const connection = parsed(written);
  if (connection === undefined) throw new Error('an AWS connection as a JSON object');
  const externalId = optionalText(connection, 'externalId', EXTERNAL_ID, 'an external id');
  const trailQueueUrl = optionalText(connection, 'trailQueueUrl', /^https?:\/\/\S+$/, 'the URL of a queue');
  const trailBucket = optionalText(connection, 'trailBucket', BUCKET, 'the name of a bucket');
  return {
    accounts: texts(connection, 'accounts', ACCOUNT, 'account ids of twelve digits'),
    regions: texts(connection, 'regions', REGION, 'Regions such as eu-central-1'),
    roleName: text(connection, 'roleName', ROLE_NAME, 'the name of an IAM role'),
    ...(externalId === undefined ? {} : { externalId }),
    ...(trailQueueUrl === undefined ? {} : { trailQueueUrl }),
    ...(trailBucket === undefined ? {} : { trailBucket }),
  };
}

function parsed(written: string | undefined): RawRecord | undefined {
  try {
    return asObject(JSON.parse(written ?? ''));
  } catch {
    return undefined;
  }
}

function texts(connection: RawRecord, key: string, shape: RegExp, expected: string): readonly string[] {
  const list = connection[key] ?? [];
  if (Array.isArray(list) && list.every((entry): entry is string => isText(entry, shape)))
    return [...new Set(list)];
  throw new Error(`${key}: a list of ${expected}`);
}

function text(connection: RawRecord, key: string, shape: RegExp, expected: string): string {
  const value = connection[key];
  if (isText(value, shape)) return value;
  throw new Error(`${key}: ${expected}`);
}

function optionalText(
  connection: RawRecord,
  key: string,
  shape: RegExp,
  expected: string,
): string | undefined {
  return connection[key] === undefined ? undefined : text(connection, key, shape, expected);
}

function isText(value: unknown, shape: RegExp): value is string {
  return typeof value === 'string' && shape.test(value);
}
