import { DAY_MS } from '../../../../lib/core/time.ts';
import * as aws from '../../../../lib/simulator/world/records/aws.ts';
import { AT, from, haveOwnIds, other, outcome, random, read, who, type Case } from './support.ts';

const CASES: readonly Case[] = [
  [
    'a sign-in to the portal',
    aws.portalSignIn(who, AT, from, random),
    { kind: 'authentication', activity: 'logon', actor: { address: who.address } },
  ],
  [
    'a role entered',
    aws.roleEntered(who, AT, from, random),
    { kind: 'authentication', activity: 'service-ticket' },
  ],
  [
    'the console',
    aws.consoleLogin(who, AT, from, random),
    { kind: 'authentication', interactive: true, actor: { address: who.address } },
  ],
  [
    'an object read',
    aws.objectRead(who, AT, from, random, { bucket: 'example-warehouse', key: 'a/b', bytes: 12 }),
    { kind: 'file-hosting-activity', activity: 'download', service: 's3', bytesOut: 12 },
  ],
  [
    'a bucket opened to everybody',
    aws.bucketPolicyPut(who, AT, from, random, { bucket: 'b', principal: 'everybody' }),
    { kind: 'api-activity', purpose: 'public-exposure', resource: { uid: 'b' } },
  ],
  [
    'a bucket opened to another account',
    aws.bucketPolicyPut(who, AT, from, random, { bucket: 'b', principal: '210987654321' }),
    { kind: 'api-activity', purpose: 'external-access', targets: ['210987654321'] },
  ],
  [
    'a block taken off',
    aws.publicAccessBlockDeleted(who, AT, from, random, { bucket: 'b' }),
    { kind: 'api-activity', purpose: 'public-exposure' },
  ],
  [
    'an access key',
    aws.accessKeyCreated(who, AT, from, random, { userName: 'build-1' }),
    { kind: 'api-activity', purpose: 'access-key-create' },
  ],
];

describe('records of AWS', () => {
  it.each(CASES)('%s is read as such', (_, record, expected) => {
    expect(read(record)).toMatchObject(expected);
  });

  it('of somebody looking at something are of no use', () => {
    const look = aws.resourcesDescribed(who, AT, from, random);
    expect(outcome(look)).toMatchObject({ because: 'irrelevant' });
  });

  it('have one session key a person and day', () => {
    const keyOf = (person: typeof who, at: number): unknown => {
      const record = aws.resourcesDescribed(person, at, from, random);
      return (record['userIdentity'] as { accessKeyId: string }).accessKeyId;
    };
    expect(keyOf(who, AT)).toMatch(/^ASIA[A-Z0-9]{16}$/);
    expect(keyOf(who, AT)).toBe(keyOf(who, AT + 1_000));
    expect(new Set([keyOf(who, AT), keyOf(who, AT + DAY_MS), keyOf(other, AT)]).size).toBe(3);
  });

  it('have ids of their own', () => {
    expect(haveOwnIds(() => aws.consoleLogin(who, AT, from, random))).toBe(true);
  });
});
