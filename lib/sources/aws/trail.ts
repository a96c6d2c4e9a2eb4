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
import { trailQueue, type TrailQueue } from './trail-queue.ts';

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

/** A message whose files are here, as they are stored. */
interface Fetched {
  readonly message: Message;
  readonly files: readonly Buffer[];
}

type QueueIs = 'filled' | 'empty' | 'unknown';

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
  let waiting: readonly Fetched[] = [];
  let queueIs: QueueIs = 'filled';
  try {
    while (queueIs === 'filled' || waiting.length > 0) {
      const taken: Taken = { messages: [], records: [], passedOver: 0 };
      while (!isPage(taken)) {
        const [next, ...others]: readonly Fetched[] = waiting;
        if (next !== undefined) {
          waiting = others;
          await open(next, taken, problems);
        } else if (queueIs === 'filled') {
          const fetch = (body: string) => fetchFiles(s3, body, trail.bucket, until);
          ({ fetched: waiting, queueIs } = await receive(queue, fetch, problems));
        } else break;
      }
      const { messages, records, passedOver } = taken;
      if (messages.length === 0 && queueIs === 'unknown') break;
      const last = queueIs === 'empty' && waiting.length === 0;
      let start = 0;
      for (; start + PAGE_RECORDS < records.length; start += PAGE_RECORDS) {
        const some = records.slice(start, start + PAGE_RECORDS);
        yield { records: some, cursor: { messages: messagesEver }, last: false };
      }
      messagesEver += messages.length;
      yield { records: records.slice(start), passedOver, cursor: { messages: messagesEver }, last };
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
 * Takes messages out of the queue with their files, which are small while they are compressed, and notes the problem of
 * each whose files are not to be had.
 */
async function receive(
  queue: TrailQueue,
  fetch: (body: string) => Promise<readonly Buffer[] | undefined>,
  problems: unknown[],
): Promise<{ readonly fetched: readonly Fetched[]; readonly queueIs: QueueIs }> {
  const messages = await queue.receive();
  if (messages === undefined) return { fetched: [], queueIs: 'unknown' };
  if (messages.length === 0) return { fetched: [], queueIs: 'empty' };
  const fetched: Fetched[] = [];
  let denied = 0;
  let outOfTime = false;
  const results = await Promise.allSettled(messages.map(({ Body = '' }) => fetch(Body)));
  for (const [index, message] of messages.entries()) {
    const result = results[index];
    if (result?.status !== 'fulfilled') {
      problems.push(result?.reason);
      if (isDenied(result?.reason)) denied++;
    } else if (result.value === undefined) outOfTime = true;
    else fetched.push({ message, files: result.value });
  }
  // Where every one was denied, all others would be.
  return { fetched, queueIs: outOfTime || denied === messages.length ? 'unknown' : 'filled' };
}

/** Opens the files of one message; some are 50 MB then, so that no more are opened before their records are given. */
async function open({ message, files }: Fetched, taken: Taken, problems: unknown[]): Promise<void> {
  try {
    const { records, passedOver } = await openFiles(files);
    for (const record of records) taken.records.push(record);
    taken.passedOver += passedOver;
    taken.messages.push(message);
  } catch (thrown) {
    problems.push(thrown);
  }
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
