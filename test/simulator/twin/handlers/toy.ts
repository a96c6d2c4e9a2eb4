/**
 * A function that does as it is told, by an event of its own or by each record of a batch: a message's body, an item's
 * attribute `do`.
 */
import timers from 'node:timers/promises';
import type { Context, DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { GetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Told = { readonly do: string; readonly ms?: number; readonly Records?: undefined };
type Batch = { readonly Records: readonly (SQSRecord | DynamoDBRecord)[] };

let calls = 0;

export async function handler(event: Told | Batch, context: Context): Promise<unknown> {
  calls++;
  if (event.Records === undefined) return tell(event, context);
  const failed = event.Records.filter((record) => orderOf(record) === 'fail');
  for (const record of event.Records) await tell({ do: orderOf(record) }, context);
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: idOf(record) })) };
}

async function tell({ do: order, ms = 0 }: Told, context: Context): Promise<unknown> {
  switch (order) {
    case 'throw':
      throw new TypeError('told to');
    case 'hang':
      return new Promise(() => undefined);
    case 'die':
      setTimeout(() => {
        throw new Error('died');
      });
      return new Promise(() => undefined);
    case 'sleep':
      await timers.setTimeout(ms);
      return { now: Date.now() };
    case 'time':
      return {
        now: Date.now(),
        made: new Date().getTime(),
        given: new Date(0).getTime(),
        isDate: new Date() instanceof Date,
        remainingMs: context.getRemainingTimeInMillis(),
        requestId: context.awsRequestId,
      };
    case 'environment':
      return process.env;
    case 'log':
      // eslint-disable-next-line no-console -- as a library of the function would
      console.log(JSON.stringify({ message: 'hello', awsRequestId: context.awsRequestId }));
      return undefined;
    case 'calls':
      return calls;
    case 'read':
      await new DynamoDBClient({}).send(
        new GetItemCommand({ TableName: process.env['TABLE'] ?? '', Key: { pk: { S: 'a' } } }),
      );
      return 'read';
    default:
      return order;
  }
}

function orderOf(record: SQSRecord | DynamoDBRecord): string {
  return 'body' in record ? record.body : (record.dynamodb?.NewImage?.['do']?.S ?? '');
}

function idOf(record: SQSRecord | DynamoDBRecord): string {
  return 'body' in record ? record.messageId : (record.dynamodb?.SequenceNumber ?? '');
}
