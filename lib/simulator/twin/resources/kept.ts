/** What keeps or carries something: tables, queues, topics and who hangs on them, buckets, secrets. */
import type { TableShape } from '../aws/index.ts';
import { generatedName, made, textIn, type Maker } from './maker.ts';

export const makeTable: Maker = async (making) => {
  const { aws, properties, plan } = making;
  const shape = { ...properties, TableName: textIn(properties, 'TableName') ?? generatedName(making, 255) };
  const { arn, streamArn } = await aws.createTable(shape as unknown as TableShape);
  const { KMSMasterKeyId } = (properties['SSESpecification'] ?? {}) as { readonly KMSMasterKeyId?: string };
  if (KMSMasterKeyId !== undefined) plan.keys.set(arn, KMSMasterKeyId);
  return made(shape.TableName, { Arn: arn, StreamArn: streamArn });
};

const QUEUE_ATTRIBUTES = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'VisibilityTimeout',
];

export const makeQueue: Maker = async (making) => {
  const { aws, properties, plan } = making;
  const name = textIn(properties, 'QueueName') ?? generatedName(making, 80);
  const attributes = QUEUE_ATTRIBUTES.filter((each) => properties[each] !== undefined).map(
    (each) => [each, asText(properties[each])] as const,
  );
  const { url, arn } = await aws.createQueue(name, Object.fromEntries(attributes));
  plan.queueUrls.set(arn, url);
  const key = textIn(properties, 'KmsMasterKeyId');
  if (key !== undefined) plan.keys.set(arn, key);
  return made(url, { Arn: arn, QueueName: name, QueueUrl: url });
};

export const makeTopic: Maker = async (making) => {
  const { aws, properties, plan } = making;
  const name = textIn(properties, 'TopicName') ?? generatedName(making, 256);
  const { arn } = await aws.createTopic(name);
  const key = textIn(properties, 'KmsMasterKeyId');
  if (key !== undefined) plan.keys.set(arn, key);
  return made(arn, { TopicArn: arn, TopicName: name });
};

const SUBSCRIPTION_ATTRIBUTES = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery'];

export const makeSubscription: Maker = async ({ aws, properties }) => {
  const attributes = SUBSCRIPTION_ATTRIBUTES.filter((each) => properties[each] !== undefined).map(
    (each) => [each, asText(properties[each])] as const,
  );
  const { arn } = await aws.subscribe({
    topicArn: String(properties['TopicArn']),
    protocol: String(properties['Protocol']),
    endpoint: String(properties['Endpoint']),
    attributes: Object.fromEntries(attributes),
  });
  return made(arn);
};

export const makeBucket: Maker = async (making) => {
  const { aws, properties } = making;
  const name = textIn(properties, 'BucketName') ?? generatedName(making, 63).toLowerCase();
  const { arn } = await aws.createBucket(name);
  return made(name, { Arn: arn, DomainName: `${name}.s3.amazonaws.com` });
};

export const makeSecret: Maker = async (making) => {
  const { aws, properties, plan } = making;
  const name = textIn(properties, 'Name') ?? generatedName(making, 512);
  const { arn } = await aws.putSecret(name, textIn(properties, 'SecretString'));
  const key = textIn(properties, 'KmsKeyId');
  if (key !== undefined) plan.keys.set(arn, key);
  plan.secrets.push(name);
  return made(arn, { Id: arn });
};

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
