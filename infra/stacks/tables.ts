import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Settings } from '#infra/read/settings.ts';

export const openIndex = 'Open';
export const recordedIndex = 'Recorded';

/**
 * One table whose items decide and whose stream publishes, one for dead letters, and the
 * append-only ledger.
 */
export class Tables extends Construct {
  readonly table: Table;
  readonly parked: Table;
  readonly ledger: Table;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const common = {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: settings.retainData,
      removalPolicy: settings.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    this.table = new Table(this, 'Table', { ...common, stream: StreamViewType.NEW_IMAGE });
    // Open syncs and other items with a due time: few are in the index, and only while they are
    // open. Slots never have its attributes.
    this.table.addGlobalSecondaryIndex({
      indexName: openIndex,
      partitionKey: { name: 'openShard', type: AttributeType.STRING },
      sortKey: { name: 'due', type: AttributeType.NUMBER },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['epoch', 'state', 'waitingFor'],
    });
    this.parked = new Table(this, 'Parked', common);
    this.ledger = new Table(this, 'Ledger', common);
    // Rows by minute, for checkpoints. Each minute has four partitions, so that no single one
    // takes every write.
    this.ledger.addGlobalSecondaryIndex({
      indexName: recordedIndex,
      partitionKey: { name: 'minute', type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['seq', 'head'],
    });
  }
}
