/**
 * Reads an organization trail: a queue tells of each new file in its bucket.
 *
 * A message is deleted when its records are safe, that is when the page after them is asked for; a run that dies before
 * gets it again. One that cannot be read stays, for the queue to give again and then to set aside.
 */
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient, type Message } from '@aws-sdk/client-sqs';
import { RingerError } from '../../core/errors.ts';
import { asObject, numberAt } from '../fields.ts';
import type { Page } from '../reader.ts';
import { failureName, isDenied } from './failure.ts';
import { REQUEST_HANDLER, TRIES, type Until } from './send.ts';
import { fetchFiles, openFiles } from './trail-message.ts';
import { trailQueue } from './trail-queue.ts';

export interface Trail {
  readonly queueUrl: string;
  /** Files of any other bucket are not read. */
  readonly bucket?: string;
}

/** What has been taken out of the queue since the last page. */
interface Taken {
  readonly messages: Message[];
  readonly records: unknown[];
  passedOver: number;
}

const PAGE_RECORDS = 1_000;
/** Most files hold nothing of use; their messages should be deleted all the same. */
const PAGE_MESSAGES = 200;
/** Different problems that the error names. */
const PROBLEMS_NAMED = 5;

/**
 * Reads until the queue is empty.
 *
 * @param cursor - `{ messages }`, how many have been read ever: the queue itself knows where to go on
 * @throws SOURCE_DENIED, SOURCE_UNAVAILABLE; also SOURCE_SHAPE_CHANGED, after everything else was given: it says how many
 *   messages could not be read and why
 */
export async function* readTrail(cursor: unknown, trail: Trail, until: Until): AsyncGenerator<Page> {
  const options = { maxAttempts: TRIES, requestHandler: REQUEST_HANDLER };
  const [sqs, s3] = [new SQSClient(options), new S3Client({ ...options, followRegionRedirects: true })];
  const queue = trailQueue(sqs, trail.queueUrl, until);
  const problems: unknown[] = [];
  let messagesEver = numberAt(asObject(cursor), 'messages') ?? 0;
  let queueIs: 'filled' | 'empty' | 'unknown' = 'filled';
  try {
    while (queueIs === 'filled') {
      const taken: Taken = { messages: [], records: [], passedOver: 0 };
      while (queueIs === 'filled' && !isPage(taken)) {
        const messages = await queue.receive();
        const took = await take(messages ?? [], taken, problems, (body) =>
          fetchFiles(s3, body, trail.bucket, until),
        );
        if (messages === undefined || took !== 'all') queueIs = 'unknown';
        else if (messages.length === 0) queueIs = 'empty';
      }
      const { messages, records, passedOver } = taken;
      if (messages.length === 0 && queueIs === 'unknown') break;
      messagesEver += messages.length;
      yield { records, passedOver, cursor: { messages: messagesEver }, last: queueIs === 'empty' };
      await queue.remove(messages);
    }
  } finally {
    sqs.destroy();
    s3.destroy();
  }
  if (problems.length > 0) throw unreadable(problems);
}

function isPage({ messages, records }: Taken): boolean {
  return records.length >= PAGE_RECORDS || messages.length >= PAGE_MESSAGES;
}

/**
 * Takes what messages tell of, and notes the problem of each that cannot be read.
 *
 * @returns `out-of-time` when there was none left for some; `denied` when every one was denied, as all others would be
 */
async function take(
  messages: readonly Message[],
  taken: Taken,
  problems: unknown[],
  fetch: (body: string) => Promise<readonly Buffer[] | undefined>,
): Promise<'all' | 'out-of-time' | 'denied'> {
  let outOfTime = false;
  let denied = 0;
  const fetching = await Promise.allSettled(messages.map(({ Body = '' }) => fetch(Body)));
  for (const [index, message] of messages.entries()) {
    try {
      // Compressed they are small, and are fetched all at once; opened they are not.
      const result = fetching[index];
      if (result?.status !== 'fulfilled') throw result?.reason;
      if (result.value === undefined) {
        outOfTime = true;
        continue;
      }
      const { records, passedOver } = await openFiles(result.value);
      for (const record of records) taken.records.push(record);
      taken.passedOver += passedOver;
      taken.messages.push(message);
    } catch (thrown) {
      problems.push(thrown);
      if (isDenied(thrown)) denied++;
    }
  }
  if (outOfTime) return 'out-of-time';
  return denied > 0 && denied === messages.length ? 'denied' : 'all';
}

function unreadable(problems: readonly unknown[]): RingerError {
  const reasons = [...new Set(problems.map(failureName))];
  const named = reasons.slice(0, PROBLEMS_NAMED).join('; ');
  const messages = problems.length === 1 ? '1 message' : `${problems.length} messages`;
  const denied = problems.find(isDenied);
  return new RingerError(
    denied === undefined ? 'SOURCE_SHAPE_CHANGED' : 'SOURCE_DENIED',
    `${messages} of the trail's queue could not be read: ${named}`,
    { cause: denied ?? problems[0] },
  );
}
