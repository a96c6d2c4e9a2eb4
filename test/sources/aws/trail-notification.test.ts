import { filesIn } from '../../../lib/sources/aws/trail-notification.ts';

const FILE = { bucket: 'example-trail', key: 'AWSLogs/a b+c.json.gz' };

const byS3 = (key: unknown = 'AWSLogs/a+b%2Bc.json.gz', eventName = 'ObjectCreated:Put'): object => ({
  Records: [
    { eventSource: 'aws:s3', eventName, s3: { bucket: { name: FILE.bucket }, object: { key, size: 1 } } },
  ],
});
const byEventBridge = (type = 'Object Created'): object => ({
  source: 'aws.s3',
  'detail-type': type,
  detail: { bucket: { name: FILE.bucket }, object: { key: FILE.key } },
});
const byCloudTrail = { s3Bucket: FILE.bucket, s3ObjectKey: [FILE.key, FILE.key] };
const bySns = (message: object | string): object => ({
  Type: 'Notification',
  Message: typeof message === 'string' ? message : JSON.stringify(message),
});

it.each([
  ['S3', byS3(), [FILE]],
  ['S3 through SNS', bySns(byS3()), [FILE]],
  ['EventBridge', byEventBridge(), [FILE]],
  ['EventBridge through SNS', bySns(byEventBridge()), [FILE]],
  ['CloudTrail', byCloudTrail, [FILE, FILE]],
  ['CloudTrail through SNS', bySns(byCloudTrail), [FILE, FILE]],
])('understands %s', (_, message, files) => {
  expect(filesIn(JSON.stringify(message))).toEqual(files);
});

it.each([
  ['a test of S3', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: FILE.bucket }],
  ['a test of S3 through SNS', bySns({ Service: 'Amazon S3', Event: 's3:TestEvent' })],
  ['an object that S3 has removed', byS3(FILE.key, 'ObjectRemoved:Delete')],
  ['an object that EventBridge says is deleted', byEventBridge('Object Deleted')],
  ['no records', { Records: [] }],
])('finds no file in %s', (_, message) => {
  expect(filesIn(JSON.stringify(message))).toEqual([]);
});

it.each([
  ['text', 'hello'],
  ['a list', '[]'],
  ['another object', '{"hello":"world"}'],
  ['something else through SNS', JSON.stringify(bySns('hello'))],
  ['a notification inside two envelopes', JSON.stringify(bySns(bySns(byS3())))],
  ['records of another service', '{"Records":[{"eventSource":"aws:sqs"}]}'],
  ['records of which one is another', JSON.stringify({ Records: [{}, ...recordsOf(byS3())] })],
  ['a key that is damaged', JSON.stringify(byS3('%'))],
  ['a key that is no text', JSON.stringify(byS3(7))],
  ['an event without an object', '{"source":"aws.s3","detail-type":"Object Created"}'],
  ['a list of keys that are none', '{"s3Bucket":"example-trail","s3ObjectKey":[7]}'],
])('does not understand %s', (_, body) => {
  expect(filesIn(body)).toBeUndefined();
});

function recordsOf(message: object): readonly unknown[] {
  return (message as { Records: readonly unknown[] }).Records;
}
