/** What a message of the trail's queue tells: that there are new files, in one of the ways AWS has to say so. */
import { asObject, exactTextAt, objectAt, objectsAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';

/** An object in S3. */
export interface StoredFile {
  readonly bucket: string;
  readonly key: string;
}

/**
 * Reads a message: a notification of S3 itself, of S3 through EventBridge, of CloudTrail, each also wrapped by SNS.
 *
 * @returns no file for a message that tells of something else, such as `s3:TestEvent`; `undefined` for one that cannot be
 *   understood
 */
export function filesIn(body: string): readonly StoredFile[] | undefined {
  const message = parsed(body);
  if (message === undefined) return undefined;
  const wrapped = textIf(message['Type'] === 'Notification', message['Message']);
  const notification = wrapped === undefined ? message : parsed(wrapped);
  return notification === undefined ? undefined : filesOf(notification);
}

function filesOf(notification: RawRecord): readonly StoredFile[] | undefined {
  if (notification['Event'] === 's3:TestEvent') return [];
  if (Array.isArray(notification['Records'])) return allOf(objectsAt(notification, 'Records').map(byS3));
  if (notification['source'] === 'aws.s3') return byEventBridge(notification);
  return byCloudTrail(notification);
}

/** Keys are written as in a form: `+` for a space. */
function byS3(record: RawRecord): StoredFile | 'none' | undefined {
  if (record['eventSource'] !== 'aws:s3') return undefined;
  if (textAt(record, 'eventName')?.startsWith('ObjectCreated:') !== true) return 'none';
  const s3 = objectAt(record, 's3');
  const key = exactTextAt(objectAt(s3, 'object'), 'key');
  return fileOf(objectAt(s3, 'bucket'), key === undefined ? undefined : decoded(key));
}

/** Keys are written as they are. */
function byEventBridge(event: RawRecord): readonly StoredFile[] | undefined {
  if (event['detail-type'] !== 'Object Created') return [];
  const detail = objectAt(event, 'detail');
  return allOf([fileOf(objectAt(detail, 'bucket'), exactTextAt(objectAt(detail, 'object'), 'key'))]);
}

/** CloudTrail publishes to a topic of its own choice, when its trail names one. */
function byCloudTrail({ s3Bucket, s3ObjectKey }: RawRecord): readonly StoredFile[] | undefined {
  if (!Array.isArray(s3ObjectKey)) return undefined;
  const bucket = { name: s3Bucket };
  return allOf(s3ObjectKey.map((key: unknown) => fileOf(bucket, typeof key === 'string' ? key : undefined)));
}

function fileOf(bucket: RawRecord | undefined, key: string | undefined): StoredFile | undefined {
  const name = exactTextAt(bucket, 'name');
  return name === undefined || key === undefined ? undefined : { bucket: name, key };
}

function allOf(files: readonly (StoredFile | 'none' | undefined)[]): readonly StoredFile[] | undefined {
  return files.includes(undefined)
    ? undefined
    : files.filter((file) => file !== undefined && file !== 'none');
}

function decoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function parsed(text: string): RawRecord | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function textIf(condition: boolean, value: unknown): string | undefined {
  return condition && typeof value === 'string' ? value : undefined;
}
