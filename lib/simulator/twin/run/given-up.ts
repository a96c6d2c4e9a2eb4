/** What a queue hears of records of a stream that were given up: where they were, never what they said. */
import { randomUUID } from 'node:crypto';
import { isoTime, SECOND_MS, type EpochMs } from '../../../core/time.ts';
import type { StreamRecord } from '../aws/index.ts';
import type { StreamBatch } from './stream-batch.ts';

/**
 * Writes the message.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function givenUpMessage(
  { records, failures }: StreamBatch,
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded',
  { functionArn, streamArn, now }: { functionArn: string; streamArn: string; now: EpochMs },
): string {
  const [first, last] = [records[0], records.at(-1)];
  return JSON.stringify({
    requestContext: { requestId: randomUUID(), functionArn, condition, approximateInvokeCount: failures },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: isoTime(now),
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000000000000000000-twin',
      startSequenceNumber: first?.dynamodb.SequenceNumber,
      endSequenceNumber: last?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: first && isoTime(createdTime(first)),
      approximateArrivalOfLastRecord: last && isoTime(createdTime(last)),
      batchSize: records.length,
      streamArn,
    },
  });
}

export function createdTime({ dynamodb }: StreamRecord): EpochMs {
  return dynamodb.ApproximateCreationDateTime * SECOND_MS;
}
