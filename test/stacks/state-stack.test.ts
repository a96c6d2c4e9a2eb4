import { readFileSync } from 'node:fs';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { propertiesOf, resourcesOf, templatesOf } from '../support/stacks.ts';

/** Deployments hold data under these names: one that changes is a table, a bucket or a key that is replaced. */
const NEVER_REPLACED = {
  AccessLogs8B620ECA: 'AWS::S3::Bucket',
  Alerts91F83244: 'AWS::DynamoDB::Table',
  ArchiveDA4CB258: 'AWS::S3::Bucket',
  Directory98167B95: 'AWS::DynamoDB::Table',
  Evidence4CC26D68: 'AWS::S3::Bucket',
  Key961B73FD: 'AWS::KMS::Key',
  LedgerB7379752: 'AWS::DynamoDB::Table',
};

let state: Template;
beforeAll(() => {
  ({ state } = templatesOf('retention: { evidenceDays: 500, recordDays: 30, eventDays: 200 }'));
}, 30_000);

it('keeps the logical id of everything that holds data', () => {
  const kept = [...resourcesOf(state)].filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');
  expect(Object.fromEntries(kept.map(([id, { Type }]) => [id, Type]))).toEqual(NEVER_REPLACED);
});

it('refers to no later stack', () => {
  expect(JSON.stringify(state.toJSON())).not.toMatch(/ImportValue|GetStackOutput/);
});

it('tells the command line what it made', () => {
  const { Outputs } = state.toJSON() as { Outputs: Record<string, { Export?: unknown }> };
  const told = Object.keys(Outputs).filter((id) => !/^(?:Exports|Publish)Output/.test(id));
  expect(told).toEqual(['AlertsTable', 'LedgerTable', 'DirectoryTable', 'EvidenceBucket', 'ArchiveBucket']);
});

describe('the tables', () => {
  it('outlive the stack, cannot be deleted, and can be put back to any moment of a month', () => {
    expect(resourcesOf(state, 'AWS::DynamoDB::Table').size).toBe(3);
    state.allResources('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: Match.objectLike({ SSEEnabled: true, SSEType: 'KMS' }),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    });
  });

  it('forget what only the ledger no longer needs', () => {
    const forgetful = [...resourcesOf(state, 'AWS::DynamoDB::Table')].filter(
      ([, { Properties }]) => Properties['TimeToLiveSpecification'] !== undefined,
    );
    expect(forgetful.map(([id]) => id)).toEqual(['LedgerB7379752']);
  });
});

describe('the alerts table', () => {
  const table = () => resourcesOf(state).get('Alerts91F83244')?.Properties;

  it('is asked by subject, day and severity, status and detection, always in the order of time', () => {
    const index = (name: string, attribute: string) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: attribute, KeyType: 'HASH' },
        { AttributeName: 'time', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    });
    expect(table()?.['GlobalSecondaryIndexes']).toEqual([
      index('by-subject', 'subject'),
      index('by-day', 'daySeverity'),
      index('by-status', 'shown'),
      index('by-detection', 'detection'),
    ]);
  });

  it('streams every change, before and after', () => {
    expect(table()?.['StreamSpecification']).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });
});

describe('the key', () => {
  it('rotates', () => {
    state.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });

  it('serves services of this account alone', () => {
    const [key] = propertiesOf<{ KeyPolicy: { Statement: Statement[] } }>(state, 'AWS::KMS::Key');
    const services =
      key?.KeyPolicy.Statement.filter(({ Principal }) => Principal.Service !== undefined) ?? [];
    expect(services.map(({ Principal }) => Principal.Service).flat()).toEqual([
      'budgets.amazonaws.com',
      'cloudwatch.amazonaws.com',
      'encryption.athena.amazonaws.com',
    ]);
    for (const { Condition } of services) {
      expect(Condition).toMatchObject({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
    }
  });
});

interface Statement {
  readonly Principal: { readonly Service?: string | string[] };
  readonly Condition?: object;
}

describe('the buckets', () => {
  it('outlive the stack and are closed to the public', () => {
    state.allResources('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: Match.objectLike({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      }),
    });
  });

  it('refuse what comes without encryption on the way', () => {
    expect(resourcesOf(state, 'AWS::S3::BucketPolicy').size).toBe(3);
    state.allResourcesProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });

  it('keep evidence locked for as long as ringer.yaml says', () => {
    expect(resourcesOf(state).get('Evidence4CC26D68')?.Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 500 } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  it('lock evidence against everybody only when ringer.yaml says so', () => {
    const strict = templatesOf('retention: { evidenceLock: compliance }').state;
    expect(resourcesOf(strict).get('Evidence4CC26D68')?.Properties).toMatchObject({
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } } },
    });
  });

  it('let records and events of the archive age away, each after its own time', () => {
    const archive = resourcesOf(state).get('ArchiveDA4CB258')?.Properties;
    expect(archive).toMatchObject({
      LifecycleConfiguration: {
        Rules: [
          { Prefix: 'records/', ExpirationInDays: 30 },
          { Prefix: 'events/', ExpirationInDays: 200 },
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
        ],
      },
    });
  });

  it('encrypt with the key, one request to it for many objects, and say who touched them', () => {
    for (const id of ['Evidence4CC26D68', 'ArchiveDA4CB258']) {
      expect(resourcesOf(state).get(id)?.Properties).toMatchObject({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                KMSMasterKeyID: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
              },
            },
          ],
        },
        LoggingConfiguration: { DestinationBucketName: { Ref: 'AccessLogs8B620ECA' } },
      });
    }
  });
});

it('leaves behind what the runbook says it leaves', () => {
  const [, section = ''] = readFileSync('docs/runbook.md', 'utf8').split('## What `cdk destroy` leaves');
  const named = new Set([...section.matchAll(/`([A-Z]\w+)`/g)].map(([, name]) => name));
  const kept = Object.keys(NEVER_REPLACED).map((id) => id.replace(/[0-9A-F]{8}$/, ''));
  expect([...named].filter((name) => name !== 'RingerState').sort()).toEqual(kept.sort());
});

it('gives the other stacks the same whatever is connected, so that the last connection can go', () => {
  const exportsOf = (yaml: string): readonly string[] =>
    Object.entries(templatesOf(yaml).state.findOutputs('*'))
      .filter(([, output]) => 'Export' in output)
      .map(([id]) => id)
      .sort();
  const none = exportsOf('');
  expect(none.length).toBeGreaterThan(5);
  expect(none).toEqual(exportsOf('sources: [{ name: main, type: okta, orgUrl: https://example.okta.com }]'));
});
