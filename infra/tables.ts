import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** One table whose items decide and whose stream tells, and one for records that could not be told. */
export class Tables extends Construct {
  readonly table: Table;
  readonly parked: Table;

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
    this.parked = new Table(this, 'Parked', common);
  }
}
