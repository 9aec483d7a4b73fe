import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Settings } from '#infra/read/settings.ts';

/**
 * The bucket of batches: uploaded items (`uploads/`), items sent inside a request (`inline/`), and
 * the systems' results (`results/`).
 * Every version stays: a sync names the version that it was accepted with, an undo reads it again
 * at any time, and evidence needs it as long as the ledger exists. The bucket cannot tell which
 * versions are named, so the rules delete only aborted uploads.
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
