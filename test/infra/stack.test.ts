import { describe, expect, it } from 'vitest';
import { doorsIn } from '#infra/read/doors.ts';
import { functionsIn, referred, resourcesOf } from '#infra/report/template.ts';
import { deviations } from '#infra/stacks/lambda-for.ts';
import { checkout, synth, treeWith } from './synth.ts';

const { product, ops } = synth();
const all = (type: string, template = product) =>
  resourcesOf(template, type).map(([, properties]) => properties);

describe('the template', () => {
  it('has fewer than 350 of the 500 resources that CloudFormation allows', () => {
    expect(Object.keys(product.Resources).length).toBeLessThan(350);
    expect(Object.keys(ops.Resources).length).toBeLessThan(350);
  });

  it('has no physical names, so that two deployments coexist in an account', () => {
    const names = [
      'TableName',
      'QueueName',
      'FunctionName',
      'RoleName',
      'BucketName',
      'LogGroupName',
      'AlarmName',
    ];
    const named = Object.values({ ...product.Resources, ...ops.Resources }).filter(
      ({ Type, Properties }) =>
        Type !== 'AWS::Lambda::Permission' &&
        Type !== 'AWS::Lambda::EventSourceMapping' &&
        names.some((name) => name in (Properties ?? {})),
    );
    expect(named.map(({ Type }) => Type)).toEqual([]);
  });

  it('has outputs for everything that a client must find', () => {
    const { Outputs } = product as unknown as { Outputs: Record<string, { Value: unknown }> };
    expect(Object.keys(Outputs)).toEqual(
      expect.arrayContaining([
        'ApiId',
        'Stage',
        'Url',
        'TableName',
        'ParkedTableName',
        'LedgerTableName',
        'BusName',
        'Queues',
        'Systems',
      ]),
    );
    expect(JSON.stringify(Outputs.Queues!.Value)).toContain('payment.settle');
  });
});

describe('queues and streams', () => {
  it('have dead letters, encryption and an alarm for every queue', () => {
    const queues = all('AWS::SQS::Queue');
    const working = queues.filter(({ RedrivePolicy }) => RedrivePolicy);
    expect(working).toHaveLength(queues.length / 2);
    for (const queue of queues) expect(queue.SqsManagedSseEnabled).toBe(true);
    expect(
      all('AWS::CloudWatch::Alarm', ops).filter(({ Namespace }) => Namespace === 'AWS/SQS'),
    ).toHaveLength(working.length);
  });

  it('report failed messages one by one, and limit the concurrency of each worker', () => {
    for (const mapping of all('AWS::Lambda::EventSourceMapping').filter(
      ({ StartingPosition }) => !StartingPosition,
    )) {
      expect(mapping).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 10 },
      });
    }
  });

  it('keep what the relay could not process in a bucket, whole', () => {
    const [mapping] = all('AWS::Lambda::EventSourceMapping').filter(
      ({ StartingPosition }) => StartingPosition,
    );
    expect(mapping).toMatchObject({ BisectBatchOnFunctionError: true, StartingPosition: 'TRIM_HORIZON' });
    expect(product.Resources[referred(mapping.DestinationConfig)]!.Type).toBe('AWS::S3::Bucket');
    expect(mapping.FunctionResponseTypes).toBeUndefined();
  });

  it('put a queue between every rule and its function, with dead letters for both', () => {
    const root = treeWith({
      'functions/schedules/every-1-minute.sweep.ts': '',
      'functions/subscribers/slot.held/count.ts': '',
    });
    const dropped = synth({ root }).product;
    for (const { Targets } of [...all('AWS::Events::Rule'), ...all('AWS::Events::Rule', dropped)]) {
      for (const value of [Targets[0].Arn, Targets[0].DeadLetterConfig.Arn]) {
        expect((product.Resources[referred(value)] ?? dropped.Resources[referred(value)])!.Type).toBe(
          'AWS::SQS::Queue',
        );
      }
    }
    expect(all('AWS::Events::Rule', dropped)).toMatchObject([
      { EventPattern: { 'detail-type': ['slot.held'], source: ['lockstep'] } },
      { ScheduleExpression: 'rate(1 minute)' },
    ]);
  });
});

describe('the deployed resources', () => {
  it('retain the tables when the stack is deleted, unless retainData is false', () => {
    const policies = (context = {}) =>
      Object.values(
        synth({ context }).product.Resources as Record<string, { Type: string; DeletionPolicy?: string }>,
      )
        .filter(({ Type }) => Type === 'AWS::DynamoDB::Table')
        .map(({ DeletionPolicy }) => DeletionPolicy);
    expect(policies()).toEqual(['Retain', 'Retain', 'Retain']);
    expect(policies({ retainData: 'false' })).toEqual(['Delete', 'Delete', 'Delete']);
    for (const { DeletionProtectionEnabled } of all('AWS::DynamoDB::Table'))
      expect(DeletionProtectionEnabled).toBe(true);
  });

  it('include functions with more time or memory only for existing doors and with a reason', () => {
    const doors = doorsIn(checkout).map(({ name }) => name);
    for (const [name, { reason }] of Object.entries(deviations)) {
      expect(doors).toContain(name);
      expect(reason).not.toBe('');
    }
    for (const { seconds } of functionsIn(product)) expect(seconds).toBeGreaterThanOrEqual(15);
  });
});
