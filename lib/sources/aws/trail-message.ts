/** Reads what one message of a trail's queue tells of. */
import type { S3Client } from '@aws-sdk/client-s3';
import { RingerError } from '../../core/errors.ts';
import type { Until } from './send.ts';
import { fetchFile, kindOf, openFile, type FileRecords } from './trail-file.ts';
import { filesIn } from './trail-notification.ts';

/**
 * Fetches the log files of a message; what else was delivered beside them is none.
 *
 * @param bucket - the one they have to be in; absent: any
 * @returns `undefined` when there was no time left
 * @throws SOURCE_DENIED, SOURCE_UNAVAILABLE; SOURCE_SHAPE_CHANGED when the message cannot be understood, or tells of
 *   anything but a trail's bucket
 */
export async function fetchFiles(
  s3: S3Client,
  body: string,
  bucket: string | undefined,
  until: Until,
): Promise<readonly Buffer[] | undefined> {
  const files = filesIn(body);
  if (files === undefined) throw unusable('no notification of S3 or CloudTrail');
  if (bucket !== undefined && files.some((file) => file.bucket !== bucket))
    throw unusable('a file of another bucket');
  if (files.some((file) => kindOf(file) === 'stranger')) throw unusable('a file outside AWSLogs/');
  const fetched: Buffer[] = [];
  for (const file of files) {
    if (kindOf(file) !== 'log') continue;
    const bytes = await fetchFile(s3, file, until);
    if (bytes === undefined) return undefined;
    fetched.push(bytes);
  }
  return fetched;
}

/** @throws SOURCE_SHAPE_CHANGED when one cannot be opened */
export async function openFiles(files: readonly Buffer[]): Promise<FileRecords> {
  let passedOver = 0;
  const records: unknown[] = [];
  for (const file of files) {
    const opened = await openFile(file);
    passedOver += opened.passedOver;
    for (const record of opened.records) records.push(record);
  }
  return { records, passedOver };
}

function unusable(because: string): RingerError {
  return new RingerError('SOURCE_SHAPE_CHANGED', because);
}
