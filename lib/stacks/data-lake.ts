/** What Athena knows of evidence and archive: tables, who may ask what, and the questions that are saved. */
import { Aws, type Stack } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { ARCHIVE_PREFIX } from '../config/names.ts';
import type { RingerConfig } from '../config/schema.ts';
import { AUDITOR_QUERIES, INVESTIGATOR_QUERIES, type Question } from './audit-queries.ts';
import { daysAgo, lineTable, type LineTable } from './line-table.ts';

export interface DataLake {
  readonly database: string;
  /** Queries evidence alone. */
  readonly auditors: CfnWorkGroup;
  readonly investigators: CfnWorkGroup;
}

export interface DataLakeProps {
  /** Begins the names, of `deploymentNames`. */
  readonly resources: string;
  readonly key: Key;
  readonly evidence: Bucket;
  readonly archive: Bucket;
  readonly retention: RingerConfig['retention'];
}

/** Where evidence stands in its bucket, and what its table is called. */
export const EVIDENCE_PREFIX = 'changes';

/** Before anybody could have deployed Ringer: evidence that is no longer locked is still there. */
const FIRST_DAY = '2026-01-01';

/** A query that forgets to name a day costs half a dollar, not more. */
const MOST_BYTES_A_QUERY = 100 * 1024 ** 3;

export function addDataLake(scope: Stack, props: DataLakeProps): DataLake {
  const { resources, evidence, archive, retention } = props;
  const name = resources.replaceAll('-', '_');
  const database = new CfnDatabase(scope, 'Database', {
    catalogId: Aws.ACCOUNT_ID,
    databaseInput: { name, description: 'What Ringer keeps in S3' },
  });
  const add = (id: string, table: LineTable) => lineTable(scope, id, name, table);
  const archived = (prefix: string, keptDays: number): LineTable => ({
    bucket: archive,
    prefix,
    isByFeed: true,
    from: daysAgo(keptDays),
  });
  const tables = [
    add('EvidenceTable', { bucket: evidence, prefix: EVIDENCE_PREFIX, isByFeed: false, from: FIRST_DAY }),
    add('RecordsTable', archived(ARCHIVE_PREFIX.records, retention.recordDays)),
    add('EventsTable', archived(ARCHIVE_PREFIX.events, retention.eventDays)),
  ];
  for (const table of tables) table.addResourceDependency(database);
  return {
    database: name,
    auditors: workGroup(scope, 'Auditors', `${resources}-auditors`, name, AUDITOR_QUERIES, props),
    investigators: workGroup(
      scope,
      'Investigators',
      `${resources}-investigators`,
      name,
      INVESTIGATOR_QUERIES,
      props,
    ),
  };
}

function workGroup(
  scope: Stack,
  id: string,
  name: string,
  database: string,
  questions: readonly Question[],
  { key }: DataLakeProps,
): CfnWorkGroup {
  const group = new CfnWorkGroup(scope, id, {
    name,
    description: `Ringer: questions of ${id.toLowerCase()}`,
    recursiveDeleteOption: true,
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: false,
      bytesScannedCutoffPerQuery: MOST_BYTES_A_QUERY,
      managedQueryResultsConfiguration: {
        enabled: true,
        encryptionConfiguration: { kmsKey: key.keyArn },
      },
    },
  });
  for (const { id: question, name: title, description, sql } of questions) {
    const query = new CfnNamedQuery(scope, `Query-${question}`, {
      database,
      workGroup: name,
      name: title,
      description,
      queryString: sql,
    });
    query.addResourceDependency(group);
  }
  return group;
}
