/** What must outlive every deployment: the tables and their key. */
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
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
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { ALERT_INDEX_SHAPES, ALERT_KEY_ATTRIBUTES } from '../config/alert-indexes.ts';
import { KEY } from '../config/names.ts';

export class StateStack extends Stack {
  readonly key: Key;
  /** Alerts and their history. */
  readonly alerts: Table;
  /** Subjects' logs and sealed states, cursors and leases. */
  readonly ledger: Table;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { description: 'Ringer: tables and their key', terminationProtection: true, ...props });
    this.key = new Key(this, 'Key', {
      description: 'What Ringer keeps',
      alias: 'ringer',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.alerts = this.#table('Alerts', { stream: StreamViewType.NEW_AND_OLD_IMAGES });
    this.#index(this.alerts);
    this.ledger = this.#table('Ledger', { timeToLiveAttribute: KEY.expires });
  }

  // Not TableV2: with a key of our own it has to know the account and Region when it is synthesized.
  #table(id: string, props: Partial<TableProps>): Table {
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
  // asks an index.
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
}
