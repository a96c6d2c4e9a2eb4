import fc from 'fast-check';
import { glance } from '../../../lib/sources/aws/glance.ts';
import { feedOf } from '../../../lib/sources/index.ts';
import type { Normalized, RawRecord } from '../../../lib/sources/source.ts';
import { ACCOUNT, call, consoleLogin, iamUser, session } from './records.ts';

const KEYS = [
  'eventVersion',
  'eventSource',
  'eventName',
  'eventTime',
  'awsRegion',
  'sourceIPAddress',
  'userIdentity',
  'requestParameters',
  'additionalEventData',
  'responseElements',
  'eventID',
  'recipientAccountId',
];

const describeInstances = call('ec2', 'DescribeInstances');

function glanceAt(text: string): string | undefined {
  const bytes = Buffer.from(text);
  return glance(bytes)(0, bytes.length);
}

function outcomeOf(text: string): Normalized | undefined {
  const record = JSON.parse(text) as RawRecord;
  return feedOf(record)?.normalize(record, { observedTime: 0 });
}

describe('a glance', () => {
  it('passes over a call that no rule reads, as trails write it', () => {
    expect(glanceAt(JSON.stringify(describeInstances))).toBe('aws');
  });

  it('passes over it indented, and with its keys sorted', () => {
    const sorted = Object.fromEntries(Object.entries(describeInstances).sort(([a], [b]) => (a < b ? -1 : 1)));
    expect(glanceAt(JSON.stringify(describeInstances, null, 2))).toBe('aws');
    expect(glanceAt(JSON.stringify(sorted))).toBe('aws');
  });

  it.each([
    ['a call that a rule reads', consoleLogin()],
    [
      'a call of root’s',
      call('ec2', 'DescribeInstances', { userIdentity: { type: 'Root', accountId: ACCOUNT } }),
    ],
    [
      'a call that holds one a rule reads',
      call('ec2', 'DescribeInstances', { requestParameters: { eventName: 'ConsoleLogin' } }),
    ],
    [
      'an element of LookupEvents',
      { EventId: '1', EventName: 'DescribeInstances', CloudTrailEvent: JSON.stringify(describeInstances) },
    ],
    [
      'a record in an envelope',
      { version: '0', 'detail-type': 'AWS API Call via CloudTrail', detail: describeInstances },
    ],
    ['a page of records', { Records: [describeInstances] }],
    [
      'a notification of S3',
      { eventVersion: '2.1', eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', awsRegion: 'eu-west-1' },
    ],
    [
      'another product’s record that holds a call',
      { eventVersion: '1', eventSource: 'x', eventName: 'y', inside: describeInstances },
    ],
    ['a record without a name', call('ec2', 'x', { eventName: undefined })],
    ['a name that is not text', call('ec2', 'x', { eventName: 7 })],
    ['an escaped name', call('ec2', 'Describe"Instances')],
  ])('leaves %s to the parser', (_, record) => {
    expect(glanceAt(JSON.stringify(record))).toBeUndefined();
  });

  it('reads each record of a buffer by its own bytes', () => {
    const texts = [
      describeInstances,
      consoleLogin(),
      describeInstances,
      { eventVersion: '1', note: 'no name' },
      consoleLogin(),
      describeInstances,
    ];
    const bytes = Buffer.from(texts.map((record) => JSON.stringify(record)).join('\n'));
    const look = glance(bytes);
    let start = 0;
    const seen = texts.map((record) => {
      const end = start + JSON.stringify(record).length;
      const said = look(start, end);
      start = end + 1;
      return said;
    });
    expect(seen).toEqual(['aws', undefined, 'aws', undefined, undefined, 'aws']);
  });

  it('is not led astray by a record cut off inside a name', () => {
    const text = JSON.stringify(describeInstances);
    for (let length = 0; length < text.length; length++) {
      const bytes = Buffer.from(text);
      const said = glance(bytes)(0, length);
      if (said !== undefined) expect(text.slice(0, length)).toContain('"eventName":"DescribeInstances"');
    }
  });

  it('never passes over a record that normalize does not find irrelevant', () => {
    const names = fc.constantFrom(
      'DescribeInstances',
      'ListBuckets',
      'AssumeRole',
      'Decrypt',
      'GetCallerIdentity',
      'DescribeVolumes',
      'PutObject',
      'None',
      'ConsoleLogin',
      'GetObject',
      'CreateAccessKey',
      'eventName',
      'Root',
      'a"b',
      'é',
      '',
      'x'.repeat(90),
    );
    const services = fc.constantFrom(
      'ec2.amazonaws.com',
      'iam.amazonaws.com',
      'signin.amazonaws.com',
      's3.amazonaws.com',
      'sts.amazonaws.com',
      'kms.amazonaws.com',
      'aws:s3',
      'x\\".amazonaws.com',
      '',
    );
    const identities = fc.constantFrom(
      iamUser(),
      iamUser('bo.lind'),
      session('app', 'orders-api'),
      session('app', 'Root'),
      session('AWSReservedSSO_A_0', 'ana@example.com'),
      { type: 'Root', accountId: ACCOUNT },
      'Root',
      null,
    );
    const nested = fc.oneof(
      { arbitrary: fc.constant(null), weight: 4 },
      fc.record({ eventName: names, eventSource: services }),
      fc.record({
        userName: names,
        text: names.map((name) => JSON.stringify({ eventSource: 'ec2.amazonaws.com', eventName: name })),
      }),
      fc.array(fc.record({ Name: names, eventName: fc.oneof(names, fc.integer()) }), { maxLength: 2 }),
    );
    const fields = fc.record(
      {
        eventVersion: fc.constant('1.11'),
        eventSource: services,
        eventName: names,
        eventTime: fc.constantFrom('2025-03-03T09:00:00Z', 'soon'),
        awsRegion: fc.constant('eu-west-1'),
        sourceIPAddress: fc.constantFrom('198.51.100.23', 'eventName', 'Name'),
        userIdentity: identities,
        requestParameters: nested,
        additionalEventData: nested,
        responseElements: fc.constantFrom({ ConsoleLogin: 'Success' }, null),
        eventID: fc.uuid(),
        recipientAccountId: fc.constant(ACCOUNT),
      },
      { requiredKeys: ['eventName', 'eventSource'] },
    );
    const texts = fc
      .tuple(
        fields,
        fc.shuffledSubarray(KEYS, { minLength: KEYS.length }),
        fc.boolean(),
        fc.constantFrom(undefined, 1, '\t'),
      )
      .map(([record, shuffled, together, indent]) => {
        const keys = together
          ? shuffled.flatMap((key) =>
              key === 'eventName' ? [] : key === 'eventSource' ? [key, 'eventName'] : [key],
            )
          : shuffled;
        const entries = keys
          .filter((key) => key in record)
          .map((key) => [key, Reflect.get(record, key)] as const);
        return JSON.stringify(Object.fromEntries(entries), null, indent);
      });
    let passedOver = 0;
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (batch) => {
        const bytes = Buffer.from(batch.join(','));
        const look = glance(bytes);
        let start = 0;
        for (const text of batch) {
          const end = start + Buffer.byteLength(text);
          if (look(start, end) !== undefined) {
            passedOver++;
            expect({ text, outcome: outcomeOf(text) }).toEqual({
              text,
              outcome: { outcome: 'skipped', because: 'irrelevant' },
            });
          }
          start = end + 1;
        }
      }),
      { numRuns: 2_000 },
    );

    expect(passedOver).toBeGreaterThan(50);
  });
});
