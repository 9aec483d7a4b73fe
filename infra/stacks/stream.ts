import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ofKind } from '#infra/read/doors.ts';
import type { House } from '#infra/read/house.ts';
import type { LambdaFor } from './lambda-for.ts';

/**
 * The table's stream → the relay. It retries until it succeeds; a record about to expire is kept
 * whole in a bucket.
 */
export class Stream extends Construct {
  readonly relay: IFunction | undefined;

  constructor(scope: Construct, id: string, { doors, tables, settings }: House, lambdaFor: LambdaFor) {
    super(scope, id);
    const [door] = ofKind(doors, 'stream');
    if (!door) return;
    const stream = tables.table.tableStreamArn!;
    const untold = new Bucket(this, 'Untold', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: settings.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const reading = [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ];
    this.relay = lambdaFor(this, door, [
      new PolicyStatement({ actions: reading, resources: [stream] }),
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [untold.arnForObjects('*')] }),
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [untold.bucketArn] }),
    ]);
    new EventSourceMapping(this, 'Mapping', {
      target: this.relay,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      parallelizationFactor: 2,
      bisectBatchOnError: true,
      // A stream drops records after 24 h without telling the destination; an hour earlier the
      // whole record still gets there.
      maxRecordAge: Duration.hours(23),
      supportS3OnFailureDestination: true,
      onFailure: { bind: () => ({ destination: untold.bucketArn }) },
    });
  }
}
