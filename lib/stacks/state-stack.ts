/** What must outlive every deployment: the tables, the buckets, their key, and the means to query them. */
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type CfnTable,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ALERT_INDEX_SHAPES, ALERT_KEY_ATTRIBUTES } from '../config/alert-indexes.ts';
import { KEY, OUTPUT, type deploymentNames } from '../config/names.ts';
import type { RingerConfig } from '../config/schema.ts';
import { addBuckets } from './buckets.ts';
import { addDataLake, type DataLake } from './data-lake.ts';
import { addKey } from './state-key.ts';

export interface StateStackProps extends StackProps {
  readonly names: ReturnType<typeof deploymentNames>;
  readonly config: RingerConfig;
}

export class StateStack extends Stack {
  readonly key: Key;
  /** Alerts and their history. */
  readonly alerts: Table;
  /** Subjects' logs and sealed states, cursors and leases. */
  readonly ledger: Table;
  /** People, devices and approvals. */
  readonly directory: Table;
  /** Every change of an alert; nobody can delete it before its time. */
  readonly evidence: Bucket;
  /** Vendors' records, and the events made of them. */
  readonly archive: Bucket;
  readonly dataLake: DataLake;

  constructor(scope: Construct, id: string, { names, config, ...props }: StateStackProps) {
    super(scope, id, {
      description: 'Ringer: tables, buckets and their key',
      terminationProtection: true,
      ...props,
    });
    this.key = addKey(this, 'Key', names.resources);
    this.alerts = this.#table('Alerts', { stream: StreamViewType.NEW_AND_OLD_IMAGES });
    this.#index(this.alerts);
    this.ledger = this.#table('Ledger', { timeToLiveAttribute: KEY.expires });
    this.directory = this.#table('Directory');
    ({ evidence: this.evidence, archive: this.archive } = addBuckets(this, this.key, config.retention));
    this.dataLake = addDataLake(this, {
      resources: names.resources,
      key: this.key,
      evidence: this.evidence,
      archive: this.archive,
      retention: config.retention,
    });
    this.#output(OUTPUT.alertsTable, this.alerts.tableName);
    this.#output(OUTPUT.ledgerTable, this.ledger.tableName);
    this.#output(OUTPUT.directoryTable, this.directory.tableName);
    this.#output(OUTPUT.evidenceBucket, this.evidence.bucketName);
    this.#output(OUTPUT.archiveBucket, this.archive.bucketName);
    // Collectors alone import it. This stack is deployed first, and could not take away what the last of them, which is
    // about to go, still imports.
    this.exportValue(this.archive.bucketName);
  }

  // Not TableV2: with a key of our own it has to know the account and Region when it is synthesized.
  #table(id: string, props: Partial<TableProps> = {}): Table {
    return new Table(this, id, {
      partitionKey: { name: KEY.partition, type: AttributeType.STRING },
      sortKey: { name: KEY.sort, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
    });
  }

  // Not addGlobalSecondaryIndex: from then on every grant on the table is one on all its indexes too, and no function
  // but tick asks an index.
  #index(table: Table): void {
    const resource = table.node.defaultChild as CfnTable;
    resource.attributeDefinitions = ALERT_KEY_ATTRIBUTES.map((name) => ({
      attributeName: name,
      attributeType: AttributeType.STRING,
    }));
    resource.globalSecondaryIndexes = ALERT_INDEX_SHAPES.map(({ indexName, keySchema }) => ({
      indexName,
      keySchema: [...keySchema],
      projection: { projectionType: ProjectionType.KEYS_ONLY },
    }));
  }

  #output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}
