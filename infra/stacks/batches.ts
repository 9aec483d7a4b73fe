import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Settings } from '#infra/read/settings.ts';

/**
 * The items of syncs, as they were uploaded (`uploads/`) or came inside a request (`inline/`), and what systems have answered about them (`results/`). Every
 * version stays: a sync names the one that it was accepted with, an undo reads it again however late it comes, and evidence as long as there is a ledger.
 * The store cannot tell which versions are named, so no rule deletes any; only what never became an object goes.
 */
export class Batches extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { origins, retainData }: Settings) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (origins.length === 0) return;
    this.bucket.addCorsRule({
      allowedMethods: [HttpMethods.PUT],
      allowedOrigins: origins,
      allowedHeaders: ['content-type', 'content-encoding'],
      maxAge: 600,
    });
  }
}
