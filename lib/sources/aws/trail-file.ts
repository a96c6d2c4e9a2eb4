/** Reads a log file of a trail: gzipped JSON in S3. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { RingerError } from '../../core/errors.ts';
import { glance } from './glance.ts';
import { elements } from './json-elements.ts';
import { sendInTime, type Until } from './send.ts';
import type { StoredFile } from './trail-notification.ts';

/** What a file holds. */
export interface FileRecords {
  /** Parsed; as text, one that cannot be. */
  readonly records: readonly unknown[];
  /** How many more there are, of which a few bytes say that no detection can use them. */
  readonly passedOver: number;
}

/** CloudTrail's files are a few MB compressed at most, and begin anew at some 50 MB. */
const LARGEST_FILE_BYTES = 16 * 1024 * 1024;
const LARGEST_CONTENT_BYTES = 128 * 1024 * 1024;

const unzip = promisify(gunzip);

/** `AWSLogs/o-…/123456789012/CloudTrail/eu-central-1/2026/11/02/….json.gz`, behind the trail's own prefix. */
const LOG_FILE = /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?\d{12}\/CloudTrail\/.+\.json\.gz$/;
const DELIVERY = /(?:^|\/)AWSLogs\//;

/** Tells what a file of the bucket is: CloudTrail keeps digests beside its logs, and other services theirs. */
export function kindOf({ key }: StoredFile): 'log' | 'other-delivery' | 'stranger' {
  if (LOG_FILE.test(key)) return 'log';
  return DELIVERY.test(key) ? 'other-delivery' : 'stranger';
}

/**
 * Fetches a file as it is.
 *
 * @returns `undefined` when there was no time left
 * @throws SOURCE_DENIED, SOURCE_UNAVAILABLE; SOURCE_SHAPE_CHANGED when it is larger than any log file
 */
export function fetchFile(
  client: S3Client,
  { bucket, key }: StoredFile,
  until: Until,
): Promise<Buffer | undefined> {
  const command = new GetObjectCommand({ Bucket: bucket, Key: key });
  return sendInTime(
    async (abortSignal) => {
      const { Body } = await client.send(command, { abortSignal });
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const part of (Body ?? []) as AsyncIterable<Uint8Array>) {
        size += part.length;
        if (size > LARGEST_FILE_BYTES)
          throw new RingerError(
            'SOURCE_SHAPE_CHANGED',
            `a log file of more than ${LARGEST_FILE_BYTES} bytes`,
          );
        parts.push(part);
      }
      return Buffer.concat(parts);
    },
    until,
    'GetObject',
  );
}

/**
 * Opens a file.
 *
 * @throws SOURCE_SHAPE_CHANGED when it is not whole, or not a log file
 */
export async function openFile(file: Buffer): Promise<FileRecords> {
  try {
    const bytes = await unzip(file, { maxOutputLength: LARGEST_CONTENT_BYTES });
    const see = glance(bytes);
    const records: unknown[] = [];
    let passedOver = 0;
    for (const [start, end] of elements(bytes)) {
      if (see(start, end) !== undefined) passedOver++;
      else records.push(parsed(bytes.toString('utf8', start, end)));
    }
    return { records, passedOver };
  } catch (cause) {
    throw new RingerError('SOURCE_SHAPE_CHANGED', 'a log file that cannot be opened', { cause });
  }
}

/** One record that is damaged does not keep the others from being read: it goes on as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
