/**
 * The policies of those who only look, to be attached to whatever role they have. An auditor sees alerts, their history
 * and their evidence; who investigates a case sees everybody's records, and so needs a second policy.
 */
import { CfnOutput, Validations, type Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { ALERT_INDEXES } from '../config/alert-indexes.ts';
import { ARCHIVE_PREFIX } from '../config/names.ts';
import { objectsOf } from '../constructs/objects-of.ts';
import { EVIDENCE_PREFIX } from './data-lake.ts';
import type { StateStack } from './state-stack.ts';

export function addAuditAccess(scope: Stack, state: StateStack): void {
  const { evidence, archive, dataLake } = state;
  addPolicy(scope, 'Auditor', {
    description: 'Ringer: reads alerts, their history and their evidence',
    workGroup: dataLake.auditors.name,
    bucket: evidence,
    tables: [EVIDENCE_PREFIX],
    statements: readAlerts(state),
    state,
  });
  addPolicy(scope, 'Investigator', {
    description: 'Ringer: reads the records of vendors and the events made of them',
    workGroup: dataLake.investigators.name,
    bucket: archive,
    tables: Object.values(ARCHIVE_PREFIX),
    statements: [],
    state,
  });
}

interface Access {
  readonly description: string;
  readonly workGroup: string;
  readonly bucket: Bucket;
  /** Of the workgroup; each is a prefix of the bucket, too. */
  readonly tables: readonly string[];
  readonly statements: readonly PolicyStatement[];
  readonly state: StateStack;
}

function addPolicy(scope: Stack, id: string, access: Access): void {
  const { description, workGroup, bucket, tables, state } = access;
  const objects = tables.map((table) => objectsOf(bucket, `${table}/*`));
  const policy = new ManagedPolicy(scope, id, {
    description,
    statements: [
      ...access.statements,
      ...query(scope, state.dataLake.database, workGroup, tables),
      allow(
        ['s3:GetObject'],
        objects.map(({ arn }) => arn),
      ),
      allow(['s3:ListBucket', 's3:GetBucketLocation'], [bucket.bucketArn]),
      decrypt(state),
    ],
  });
  for (const { finding } of objects) {
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[${finding}]`,
      reason: 'Reads all of a table, which is what it is for.',
    });
  }
  new CfnOutput(scope, `${id}Policy`, { value: policy.managedPolicyArn });
}

/** As the command line reads them: by id, by index, and where the table is. */
function readAlerts({ alerts, stackId }: StateStack): readonly PolicyStatement[] {
  const indexes = Object.values(ALERT_INDEXES).map(({ name }) => `${alerts.tableArn}/index/${name}`);
  return [
    allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], [alerts.tableArn, ...indexes]),
    allow(['cloudformation:DescribeStacks'], [stackId]),
  ];
}

function query(
  scope: Stack,
  database: string,
  workGroup: string,
  tables: readonly string[],
): readonly PolicyStatement[] {
  const arn = (service: string, resource: string, resourceName?: string): string =>
    scope.formatArn({ service, resource, ...(resourceName === undefined ? {} : { resourceName }) });
  return [
    allow(
      [
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:GetQueryResultsStream',
        'athena:ListQueryExecutions',
        'athena:BatchGetQueryExecution',
        'athena:ListNamedQueries',
        'athena:GetNamedQuery',
        'athena:BatchGetNamedQuery',
        'athena:GetWorkGroup',
      ],
      [arn('athena', 'workgroup', workGroup)],
    ),
    allow(
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartitions'],
      [
        arn('glue', 'catalog'),
        arn('glue', 'database', database),
        // AWS's guide asks for it: Athena may look it up before the query's own.
        arn('glue', 'database', 'default'),
        ...tables.map((table) => arn('glue', 'table', `${database}/${table}`)),
      ],
    ),
  ];
}

/** Only by way of what they may read: the key alone opens nothing. */
function decrypt({ key }: StateStack): PolicyStatement {
  return allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn], {
    StringLike: { 'kms:ViaService': ['dynamodb.*', 's3.*', 'athena.*'] },
  });
}

function allow(
  actions: readonly string[],
  resources: readonly string[],
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {},
): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources], conditions });
}
