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

/** One table whose items decide and whose stream tells, one for records that could not be told, and one that is only added to. */
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
    // What somebody must come back to, by when: few items are in it, and only while they are open. A slot's attributes are never among its own.
    this.table.addGlobalSecondaryIndex({
      indexName: openIndex,
      partitionKey: { name: 'openShard', type: AttributeType.STRING },
      sortKey: { name: 'due', type: AttributeType.NUMBER },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['epoch', 'state', 'waitingFor'],
    });
    this.parked = new Table(this, 'Parked', common);
    this.ledger = new Table(this, 'Ledger', common);
    // What was recorded when: a checkpoint is made of a minute. Each minute is in four parts, so that no partition takes all that is written.
    this.ledger.addGlobalSecondaryIndex({
      indexName: recordedIndex,
      partitionKey: { name: 'minute', type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['seq', 'head'],
    });
  }
}
