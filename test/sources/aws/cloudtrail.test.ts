import type { SourceEvent } from '../../../lib/core/events/index.ts';
import { cloudtrail } from '../../../lib/sources/aws/cloudtrail.ts';
import type { Normalized, RawRecord } from '../../../lib/sources/source.ts';
import { ACCOUNT, call, consoleLogin, iamUser, session } from './records.ts';

const IRRELEVANT = { outcome: 'skipped', because: 'irrelevant' };

function read(record: RawRecord): Normalized {
  return cloudtrail.normalize(record, { observedTime: 0 });
}

function eventsOf(record: RawRecord): readonly SourceEvent[] {
  const normalized = read(record);
  return normalized.outcome === 'events' ? normalized.events : [];
}

describe('the CloudTrail feed', () => {
  it('finds a call that no detection reads irrelevant before it looks at damage', () => {
    const damaged = call('ec2', 'DescribeInstances', {
      eventTime: 'soon',
      userIdentity: 7,
      eventID: undefined,
    });
    expect(read(damaged)).toEqual(IRRELEVANT);
  });

  it('finds a call that names nobody, or turns out to mean nothing, irrelevant before it looks at the time', () => {
    const nobody = consoleLogin({ userIdentity: { type: 'AWSService' }, eventTime: 'never' });
    const refused = call('s3', 'GetObject', { errorCode: 'AccessDenied', eventTime: 'never' });
    expect([nobody, refused].map(read)).toEqual([IRRELEVANT, IRRELEVANT]);
  });

  it('rejects a call that matters without a time, naming the field', () => {
    expect(read(consoleLogin({ eventTime: undefined }))).toEqual({
      outcome: 'rejected',
      because: 'eventTime: expected a time, got nothing',
    });
  });

  it('repeats neither addresses nor long texts when it rejects', () => {
    for (const eventTime of ['ana@example.com', 'x'.repeat(500)]) {
      const because = JSON.stringify(read(consoleLogin({ eventTime })));
      expect(because).toContain('eventTime: expected a time');
      expect(because.length).toBeLessThan(150);
      expect(because).not.toContain('ana');
    }
  });

  it('gives a record without an id the same id whatever the order of its keys', () => {
    const record = consoleLogin({ eventID: undefined });
    const reversed = Object.fromEntries(Object.entries(record).reverse());
    const [one, other] = [eventsOf(record)[0]?.uid, eventsOf(reversed)[0]?.uid];
    expect(one).toMatch(/^derived:[0-9a-f]{32}$/);
    expect(other).toBe(one);
  });

  it('gives records without ids different ids when they differ', () => {
    const [one, other] = ['eu-west-1', 'eu-west-2'].map((awsRegion) =>
      eventsOf(consoleLogin({ eventID: undefined, awsRegion })),
    );
    expect(one?.[0]?.uid).not.toBe(other?.[0]?.uid);
  });

  it('reads a call of the same name by another service as another call', () => {
    expect(read(call('cognito-idp', 'ChangePassword'))).toEqual(IRRELEVANT);
    expect(eventsOf(call('iam', 'ChangePassword'))).toHaveLength(1);
  });

  it('reads a record that lost its event source by its name', () => {
    const record = consoleLogin({ eventSource: undefined });
    expect(cloudtrail.recognizes(record)).toBe(true);
    expect(eventsOf(record)).toHaveLength(1);
  });

  it('reads an element of LookupEvents as the record inside it', () => {
    const record = consoleLogin();
    const element = { EventId: 'other', EventName: 'ConsoleLogin', CloudTrailEvent: JSON.stringify(record) };
    expect(cloudtrail.recognizes(element)).toBe(true);
    expect(read(element)).toEqual(read(record));
  });

  it('reads root’s calls out of LookupEvents whatever their name', () => {
    const record = call('ec2', 'DescribeInstances', { userIdentity: { type: 'Root', accountId: ACCOUNT } });
    const element = { EventId: '1', EventName: 'DescribeInstances', CloudTrailEvent: JSON.stringify(record) };
    expect(eventsOf(element)).toMatchObject([{ purpose: 'root-use', operation: 'DescribeInstances' }]);
  });

  it('rejects an element of LookupEvents whose record is broken, naming the field', () => {
    for (const CloudTrailEvent of ['{"eventName":', '[]', 'null', 7, null, '']) {
      const normalized = read({ EventId: '1', EventName: 'ConsoleLogin', CloudTrailEvent });
      expect(normalized).toMatchObject({
        outcome: 'rejected',
        because: expect.stringMatching(/^CloudTrailEvent: /) as string,
      });
    }
  });

  it.each([
    [
      'a stream record of DynamoDB',
      {
        eventID: '1',
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'eu-west-1',
        dynamodb: {},
      },
    ],
    [
      'a notification of S3',
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'eu-west-1',
        eventTime: '2025-03-03T09:00:00Z',
        eventName: 'ObjectCreated:Put',
        s3: {},
      },
    ],
    [
      'a record of Alibaba’s trail',
      {
        eventVersion: '1',
        eventSource: 'ecs.aliyuncs.com',
        eventName: 'DescribeInstances',
        eventTime: '2025-03-03T09:00:00Z',
        acsRegion: 'cn-hangzhou',
      },
    ],
    [
      'columns of Log Analytics',
      {
        EventSource: 'ec2.amazonaws.com',
        EventName: 'DescribeInstances',
        TimeGenerated: '2025-03-03T09:00:00Z',
      },
    ],
    [
      'an access log of S3',
      {
        bucket: 'b',
        operation: 'REST.GET.OBJECT',
        remoteip: '198.51.100.23',
        requestid: '1',
        time: '2025-03-03 09:00:00',
      },
    ],
    [
      'an Okta event',
      { uuid: '1', published: '2025-03-03T09:00:00Z', eventType: 'user.session.start', actor: {} },
    ],
    ['nothing', {}],
  ])('does not take %s for a record', (_, record) => {
    expect(cloudtrail.recognizes(record)).toBe(false);
  });
});

describe('sign-ins', () => {
  it('are by somebody at a keyboard, but not from AWS’s own back ends', () => {
    expect(eventsOf(consoleLogin())).toMatchObject([{ interactive: true }]);
    expect(eventsOf(consoleLogin({ sourceIPAddress: 'AWS Internal' }))).toMatchObject([
      { interactive: false },
    ]);
  });

  it('have no address when the record has the name of a service for one', () => {
    expect(eventsOf(consoleLogin({ sourceIPAddress: 'sso.amazonaws.com' }))[0]).not.toHaveProperty(
      'srcEndpoint',
    );
  });

  it('say nothing of a second factor that the identity provider asked for', () => {
    const [event] = eventsOf(
      consoleLogin({ userIdentity: session('AWSReservedSSO_Admin_0', 'ana.silva@example.com') }),
    );
    expect(event).not.toHaveProperty('isMfa');
  });

  it('of a user name that does not exist name nobody', () => {
    const userIdentity = { type: 'IAMUser', accountId: ACCOUNT, userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' };
    expect(read(consoleLogin({ userIdentity, responseElements: { ConsoleLogin: 'Failure' } }))).toEqual(
      IRRELEVANT,
    );
  });
});

describe('root', () => {
  const root = { type: 'Root', accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` };

  it('signing in is a sign-in and nothing else', () => {
    expect(eventsOf(consoleLogin({ userIdentity: root })).map((event) => event.kind)).toEqual([
      'authentication',
    ]);
  });

  it('doing what matters by itself gives that event and one of root’s use, told apart by part', () => {
    const given = eventsOf(call('cloudtrail', 'StopLogging', { userIdentity: root }));
    expect(given.map((event) => [event.kind === 'api-activity' && event.purpose, event.part])).toEqual([
      ['audit-log-change', undefined],
      ['root-use', 1],
    ]);
  });

  it('stood in for by a service is not used', () => {
    expect(
      read(call('kms', 'Decrypt', { userIdentity: { ...root, invokedBy: 'rds.amazonaws.com' } })),
    ).toEqual(IRRELEVANT);
    expect(read(call('kms', 'RotateKey', { userIdentity: root, eventType: 'AwsServiceEvent' }))).toEqual(
      IRRELEVANT,
    );
  });

  it('at the console is used, though the console is named as the invoker', () => {
    const userIdentity = { ...root, invokedBy: 'signin.amazonaws.com' };
    expect(eventsOf(call('ec2', 'DescribeInstances', { userIdentity }))).toMatchObject([
      { purpose: 'root-use' },
    ]);
  });
});

describe('objects', () => {
  const get = (key: unknown, more: RawRecord = {}): RawRecord =>
    call('s3', 'GetObject', { requestParameters: { bucketName: 'data', key }, ...more });

  it('have their keys exactly, even those that look like nothing', () => {
    for (const key of ['null', '-', ' a ', 'unknown']) {
      expect(eventsOf(get(key))).toMatchObject([{ file: { uid: `data/${key}` } }]);
    }
  });

  it('that S3 refused to give were not read', () => {
    expect(read(get('a', { errorCode: 'NoSuchKey' }))).toEqual(IRRELEVANT);
  });

  it('copied onto themselves have gone nowhere', () => {
    const requestParameters = { bucketName: 'data', key: 'a b', 'x-amz-copy-source': '/data/a%20b' };
    expect(read(call('s3', 'CopyObject', { requestParameters }))).toEqual(IRRELEVANT);
  });

  it('whose source is not well encoded are named as written', () => {
    const requestParameters = { bucketName: 'other', key: 'a', 'x-amz-copy-source': ['data/100%'] };
    expect(eventsOf(call('s3', 'CopyObject', { requestParameters }))).toMatchObject([
      { file: { uid: 'data/100%' } },
    ]);
  });
});

describe('exposure', () => {
  const policy = (statement: RawRecord): RawRecord =>
    call('s3', 'PutBucketPolicy', {
      requestParameters: { bucketName: 'data', bucketPolicy: { Statement: [statement] } },
    });
  const open = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject' };

  it.each([
    ['nothing bounds everybody', {}],
    ['a condition leaves out a few', { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
    [
      'a condition lets pass who does not send it',
      { Condition: { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } } },
    ],
    ['a condition names every address', { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }],
    ['a condition asks only for encryption', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  ])('a policy for everybody is public when %s', (_, more) => {
    expect(eventsOf(policy({ ...open, ...more }))).toMatchObject([{ purpose: 'public-exposure' }]);
  });

  it('a policy for everybody in one network is not public, and takes back one that was', () => {
    const bounded = { ...open, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } };
    expect(eventsOf(policy(bounded))).toMatchObject([
      { purpose: 'public-exposure', revokes: true, resource: { type: 'bucket', uid: 'data' } },
    ]);
  });

  it('is taken back by deleting the policy, and by no other request of that name', () => {
    const requestParameters = { bucketName: 'data', policy: '' };
    expect(eventsOf(call('s3', 'DeleteBucketPolicy', { requestParameters }))).toMatchObject([
      { purpose: 'public-exposure', revokes: true, resource: { uid: 'data' } },
    ]);
    expect(read(call('backup', 'DeleteBucketPolicy', { requestParameters }))).toEqual(IRRELEVANT);
  });

  it('is neither opened nor closed by a block that leaves a part unsaid', () => {
    const PublicAccessBlockConfiguration = { BlockPublicAcls: true, IgnorePublicAcls: true };
    const requestParameters = { bucketName: 'data', PublicAccessBlockConfiguration };
    expect(read(call('s3', 'PutBucketPublicAccessBlock', { requestParameters }))).toEqual(IRRELEVANT);
  });

  it('of a database’s snapshot is taken back by removing who may restore it', () => {
    const taken = { dBSnapshotIdentifier: 'db', valuesToRemove: ['all'] };
    const [event] = eventsOf(call('rds', 'ModifyDBSnapshotAttribute', { requestParameters: taken }));
    expect(event).toMatchObject({ revokes: true, resource: { type: 'database-snapshot', uid: 'db' } });
    const replaced = { ...taken, valuesToAdd: ['111122223333'] };
    const [other] = eventsOf(call('rds', 'ModifyDBSnapshotAttribute', { requestParameters: replaced }));
    expect(other).toMatchObject({ purpose: 'external-access', targets: ['111122223333'] });
  });

  it('of a single object is not taken back: there are too many of them', () => {
    const requestParameters = { bucketName: 'data', key: 'a', 'x-amz-acl': ['private'] };
    expect(read(call('s3', 'PutObjectAcl', { requestParameters }))).toEqual(IRRELEVANT);
  });

  it('a policy given as text is read as well', () => {
    const text = JSON.stringify({ Statement: open });
    const record = call('s3', 'PutBucketPolicy', { requestParameters: { bucketName: 'data', policy: text } });
    expect(eventsOf(record)).toMatchObject([{ purpose: 'public-exposure' }]);
  });

  it('to the record’s own account is none', () => {
    const items = [{ userId: ACCOUNT }];
    const requestParameters = { snapshotId: 'snap-1', createVolumePermission: { add: { items } } };
    expect(read(call('ec2', 'ModifySnapshotAttribute', { requestParameters }))).toEqual(IRRELEVANT);
  });

  it('of a bucket called like nothing names the bucket', () => {
    const requestParameters = { bucketName: 'none', bucketPolicy: { Statement: [open] } };
    expect(eventsOf(call('s3', 'PutBucketPolicy', { requestParameters }))).toMatchObject([
      { resource: { uid: 'none' } },
    ]);
  });

  it('to an account named twice names it once', () => {
    const requestParameters = { dBSnapshotIdentifier: 'db', valuesToAdd: ['111122223333', '111122223333'] };
    const given = eventsOf(call('rds', 'ModifyDBSnapshotAttribute', { requestParameters }));
    expect(given).toMatchObject([{ purpose: 'external-access', targets: ['111122223333'] }]);
  });
});

describe('account changes', () => {
  it('are of the user the request names, in the partition of the record', () => {
    const requestParameters = { userName: 'bo.lind' };
    const [event] = eventsOf(
      call('iam', 'UpdateLoginProfile', { requestParameters, awsRegion: 'us-gov-west-1' }),
    );
    expect(event).toMatchObject({ user: { accountUid: `arn:aws-us-gov:iam::${ACCOUNT}:user/bo.lind` } });
  });

  it('of one’s own second factor keep who one is', () => {
    const requestParameters = {
      userName: 'ana.silva',
      serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/ana.silva`,
    };
    const userIdentity = { ...iamUser(), arn: `arn:aws:iam::${ACCOUNT}:user/science/ana.silva` };
    const [event] = eventsOf(call('iam', 'DeactivateMFADevice', { requestParameters, userIdentity }));
    expect(event).toMatchObject({ user: { accountUid: `arn:aws:iam::${ACCOUNT}:user/science/ana.silva` } });
  });

  it('of root’s device are of root', () => {
    const requestParameters = { serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/root-account-mfa-device` };
    const [event] = eventsOf(call('iam', 'DeleteVirtualMFADevice', { requestParameters }));
    expect(event).toMatchObject({ user: { accountUid: `arn:aws:iam::${ACCOUNT}:root` } });
  });

  it('that were refused are failures', () => {
    expect(eventsOf(call('iam', 'ChangePassword', { errorCode: 'AccessDenied' }))).toMatchObject([
      { status: 'failure' },
    ]);
  });
});
