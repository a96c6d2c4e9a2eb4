/** Objects read from S3 or copied inside it: the data events of a trail. */
import type { FileHostingActivity } from '../../core/events/index.ts';
import { exactTextAt, numberAt, objectAt, textAt } from '../fields.ts';
import type { Call } from './call.ts';

/** A bucket's name has 63 characters at most, a key 1,024 bytes. */
const UID_LIMIT = 1_100;

/** Reads a download. One that S3 refused moved nothing. */
export function objectRead(call: Call): FileHostingActivity | undefined {
  const bucket = exactTextAt(call.parameters, 'bucketName');
  const key = exactTextAt(call.parameters, 'key');
  if (call.status === 'failure' || bucket === undefined || key === undefined) return undefined;
  return objectEvent(call, 'download', bucket, key);
}

/** Reads a copy, as of the object that was copied. One onto itself only changes how it is stored. */
export function objectCopied(call: Call): FileHostingActivity | undefined {
  const source = decoded(exactTextAt(call.parameters, 'x-amz-copy-source'));
  const slash = source?.indexOf('/') ?? -1;
  if (call.status === 'failure' || source === undefined || slash <= 0) return undefined;
  const [bucket, key] = [source.slice(0, slash), source.slice(slash + 1)];
  if (bucket === exactTextAt(call.parameters, 'bucketName') && key === exactTextAt(call.parameters, 'key'))
    return undefined;
  return objectEvent(call, 'copy', bucket, key);
}

function objectEvent(
  call: Call,
  activity: 'download' | 'copy',
  bucket: string,
  key: string,
): FileHostingActivity {
  const bytes = numberAt(objectAt(call.record, 'additionalEventData'), 'bytesTransferredOut');
  const name = key.slice(key.lastIndexOf('/') + 1, UID_LIMIT);
  const accessKeyUid = longTermKey(call);
  return {
    kind: 'file-hosting-activity',
    ...call.base,
    activity,
    service: 's3',
    file: {
      uid: `${bucket}/${key}`.slice(0, UID_LIMIT),
      ...(name === '' ? {} : { name }),
      container: bucket,
    },
    ...(bytes === undefined || bytes < 0 || activity === 'copy' ? {} : { bytesOut: bytes }),
    ...(accessKeyUid === undefined ? {} : { accessKeyUid }),
    ...(call.userAgent === undefined ? {} : { userAgent: call.userAgent }),
  };
}

/** Keys of sessions begin with `ASIA`: each belongs to one sign-in, and there are as many as there are of those. */
function longTermKey(call: Call): string | undefined {
  const key = textAt(objectAt(call.record, 'userIdentity'), 'accessKeyId');
  return key?.startsWith('AKIA') === true ? key : undefined;
}

/** A copy's source is written as in the request: percent-encoded, with or without a slash before the bucket. */
function decoded(source: string | undefined): string | undefined {
  if (source === undefined) return undefined;
  const [path = ''] = source.replace(/^\//, '').split('?versionId=');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
