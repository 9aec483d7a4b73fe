import { describe, expect, it } from 'vitest';
import { functionsIn, referred, resourcesOf, statementsOf, type Template } from '#infra/report/template.ts';
import { synth, treeWith } from './synth.ts';

const { product } = synth();
const isBatches = ([id]: [string, unknown]) => id.startsWith('Batches');
const bucketOf = (template: Template) => resourcesOf(template, 'AWS::S3::Bucket').find(isBatches)?.[1];

describe('the bucket of batches', () => {
  it('is versioned, encrypted, private, and retained when the stack is deleted', () => {
    const bucket = bucketOf(product);
    expect(bucket).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {},
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(bucket.LifecycleConfiguration.Rules).toEqual([
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
    ]);
    const { Resources } = product as unknown as {
      Resources: Record<string, { Type: string; DeletionPolicy: string }>;
    };
    const kept = Object.entries(Resources).filter(
      ([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith('Batches'),
    );
    expect(kept.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(['Retain']);
  });

  it('refuses requests without TLS', () => {
    const [policy] = resourcesOf(product, 'AWS::S3::BucketPolicy').filter(isBatches);
    expect(policy?.[1].PolicyDocument.Statement).toMatchObject([
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  it('allows PUT from the configured web origins only', () => {
    expect(bucketOf(product)).not.toHaveProperty('CorsConfiguration');
    const open = synth({ root: treeWith({}), context: { origins: 'https://a.example' } }).product;
    expect(bucketOf(open).CorsConfiguration.CorsRules).toMatchObject([
      { AllowedMethods: ['PUT'], AllowedOrigins: ['https://a.example'] },
    ]);
  });

  it('is an output of the stack', () => {
    const { Outputs } = product as unknown as { Outputs: Record<string, { Value: unknown }> };
    expect(referred(Outputs.BatchesName?.Value)).toMatch(/^Batches/);
  });
});

describe('a function', () => {
  const job = 'functions/jobs/tax.file.ts';
  const resourcesFor = (text: string, action: string) => {
    const tree = synth({ root: treeWith({ [job]: text }) }).product;
    const { id } = functionsIn(tree).find(({ file }) => file === job)!;
    const statements = statementsOf(tree, referred(tree.Resources[id]!.Properties.Role));
    const ours = statements.filter(
      ({ Action, Resource }) => [Action].flat().includes(action) && /"Batches/.test(JSON.stringify(Resource)),
    );
    return [
      ...new Set(
        ours.flatMap(({ Resource }) => JSON.stringify(Resource).match(/\/[a-z*]+(\/\*)?(?="\])/g) ?? []),
      ),
    ].sort();
  };

  it('that reads objects may read every version, and list the bucket so that absence is a 404', () => {
    expect(resourcesFor('objects.openObject();', 's3:GetObjectVersion')).toEqual(['/*']);
    expect(resourcesFor('objects.openObject();', 's3:PutObject')).toEqual([]);
  });

  it('that puts objects may not write uploads, and one that signs uploads may write nothing else', () => {
    expect(resourcesFor('objects().putObject();', 's3:PutObject')).toEqual(['/inline/*', '/results/*']);
    expect(resourcesFor('objects.signUpload();', 's3:PutObject')).toEqual(['/uploads/*']);
  });
});

it('all functions write to one log group, each may write to it alone, and the operator sets the retention', () => {
  const logs = resourcesOf(product, 'AWS::Logs::LogGroup');
  expect(logs).toMatchObject([[expect.any(String), { RetentionInDays: expect.any(Number) }]]);
  const functions = resourcesOf(product, 'AWS::Lambda::Function');
  expect(functions.length).toBeGreaterThan(0);
  for (const [, { LoggingConfig, Role }] of functions) {
    expect(referred(LoggingConfig.LogGroup)).toBe(logs[0]?.[0]);
    const writing = statementsOf(product, referred(Role)).filter(({ Action }) =>
      [Action].flat().includes('logs:PutLogEvents'),
    );
    expect(writing.map(({ Resource }) => referred(Resource))).toEqual([logs[0]?.[0]]);
  }
});
