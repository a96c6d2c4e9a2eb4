import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { elements } from '../../../lib/sources/aws/json-elements.ts';
import { kindOf, openFile } from '../../../lib/sources/aws/trail-file.ts';
import { call } from './records.ts';

const SIGN_IN = call('signin', 'ConsoleLogin');
const NOISE = call('ec2', 'DescribeInstances');
const FILE = gzipSync(JSON.stringify({ Records: [NOISE, SIGN_IN, NOISE] }));

it('gives the records a detection could use, and how many others there are', async () => {
  expect(await openFile(FILE)).toEqual({ records: [SIGN_IN], passedOver: 2 });
});

it('gives a record that cannot be parsed as it is', async () => {
  const text = `{"Records":[{"a":tru},${JSON.stringify(SIGN_IN)}]}`;
  expect(await openFile(gzipSync(text))).toEqual({ records: ['{"a":tru}', SIGN_IN], passedOver: 0 });
});

it.each([
  ['is cut', FILE.subarray(0, -20)],
  ['is not gzip', Buffer.from('{"Records":[]}')],
  ['has no records', gzipSync('{"Digest":{}}')],
  ['has other things for records', gzipSync('{"Records":[7]}')],
  ['ends in the middle of a record', gzipSync('{"Records":[{"a":1')],
  ['ends in the middle of a text', gzipSync('{"Records":[{"a":"1')],
  ['ends between records', gzipSync('{"Records":[{"a":1},')],
  ['would fill the memory', gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '), { level: 1 })],
])('opens no file that %s', async (_, file) => {
  await expect(openFile(file)).rejects.toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
});

it('finds the same records as a parser, whatever is in them and however they are printed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue())),
      fc.constantFrom(undefined, 2, '\t'),
      (records, space) => {
        const bytes = Buffer.from(JSON.stringify({ Records: records }, undefined, space));
        const found = [...elements(bytes)].map(([start, end]) => bytes.toString('utf8', start, end));
        expect(found.map((text) => JSON.parse(text) as unknown)).toEqual(JSON.parse(JSON.stringify(records)));
      },
    ),
  );
});

it.each([
  ['AWSLogs/123456789012/CloudTrail/eu-central-1/2026/11/02/a.json.gz', 'log'],
  ['AWSLogs/o-a1b2c3d4e5/123456789012/CloudTrail/eu-central-1/2026/11/02/a.json.gz', 'log'],
  ['o-a1b2c3d4e5/AWSLogs/o-a1b2c3d4e5/123456789012/CloudTrail/eu-central-1/a.json.gz', 'log'],
  ['AWSLogs/123456789012/CloudTrail-Digest/eu-central-1/a.json.gz', 'other-delivery'],
  ['AWSLogs/123456789012/CloudTrail-Insight/eu-central-1/a.json.gz', 'other-delivery'],
  ['AWSLogs/123456789012/Config/eu-central-1/a.json.gz', 'other-delivery'],
  ['AWSLogs/123456789012/CloudTrail/eu-central-1/a.json', 'other-delivery'],
  ['records/a.json.gz', 'stranger'],
  ['NotAWSLogs/123456789012/CloudTrail/eu-central-1/a.json.gz', 'stranger'],
])('tells what %s is: %s', (key, kind) => {
  expect(kindOf({ bucket: 'example-trail', key })).toBe(kind);
});
