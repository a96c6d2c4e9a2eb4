/** What Lambda hands to handlers, made of what is really in the queues and tables. */
import type { Message } from '@aws-sdk/client-sqs';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Context, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';

export const CONTEXT = {
  functionName: 'test',
  functionVersion: '1',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:test',
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  getRemainingTimeInMillis: () => 60_000,
} as unknown as Context;

export function sqsEvent(messages: readonly Message[]): SQSEvent {
  return {
    Records: messages.map(({ MessageId = '', Body = '', ReceiptHandle = '' }) => ({
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: 'test',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:events',
      awsRegion: 'eu-central-1',
    })),
  };
}

/** The embedded DynamoDB has no streams: gives every item of a table as if it had just been written. */
export async function streamOf(table: string): Promise<DynamoDBStreamEvent> {
  const { Items = [] } = await new DynamoDBClient({}).send(new ScanCommand({ TableName: table }));
  return {
    Records: Items.map((item, index) => ({
      eventName: 'INSERT',
      eventID: String(index),
      dynamodb: {
        Keys: { pk: { S: item['pk']?.S ?? '' }, sk: { S: item['sk']?.S ?? '' } },
        NewImage: item as never,
        SequenceNumber: String(index),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    })),
  };
}
