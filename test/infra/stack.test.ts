import { describe, expect, it } from 'vitest';
import { doorsIn } from '#infra/read/doors.ts';
import { functionsIn, referred, resourcesOf } from '#infra/report/template.ts';
import { deviations } from '#infra/stacks/lambda-for.ts';
import { checkout, synth, treeWith } from './synth.ts';

const { product, ops } = synth();
const all = (type: string, template = product) =>
  resourcesOf(template, type).map(([, properties]) => properties);

describe('the template', () => {
  it('stays far below the 500 resources that CloudFormation takes', () => {
    expect(Object.keys(product.Resources).length).toBeLessThan(350);
    expect(Object.keys(ops.Resources).length).toBeLessThan(350);
  });

  it('names nothing physically, so that two deployments live side by side', () => {
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

  it('tells what a client needs to find', () => {
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

describe('what waits', () => {
  it('has dead letters and encryption for every queue, and an alarm on the dead letters', () => {
    const queues = all('AWS::SQS::Queue');
    const working = queues.filter(({ RedrivePolicy }) => RedrivePolicy);
    expect(working).toHaveLength(queues.length / 2);
    for (const queue of queues) expect(queue.SqsManagedSseEnabled).toBe(true);
    expect(
      all('AWS::CloudWatch::Alarm', ops).filter(({ Namespace }) => Namespace === 'AWS/SQS'),
    ).toHaveLength(working.length);
  });

  it('gives a worker part of its messages back, and states how many work at once', () => {
    for (const mapping of all('AWS::Lambda::EventSourceMapping').filter(
      ({ StartingPosition }) => !StartingPosition,
    )) {
      expect(mapping).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 10 },
      });
    }
  });

  it('keeps whole what the relay could not tell in time', () => {
    const [mapping] = all('AWS::Lambda::EventSourceMapping').filter(
      ({ StartingPosition }) => StartingPosition,
    );
    expect(mapping).toMatchObject({ BisectBatchOnFunctionError: true, StartingPosition: 'TRIM_HORIZON' });
    expect(product.Resources[referred(mapping.DestinationConfig)]!.Type).toBe('AWS::S3::Bucket');
    expect(mapping.FunctionResponseTypes).toBeUndefined();
  });

  it('puts a queue between every rule and its function, and the dead letters behind both', () => {
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

describe('what stays', () => {
  it('keeps the tables when the stack goes, unless the operator says otherwise', () => {
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

  it('gives a function more than usual only if the door exists and a reason is told', () => {
    const doors = doorsIn(checkout).map(({ name }) => name);
    for (const [name, { reason }] of Object.entries(deviations)) {
      expect(doors).toContain(name);
      expect(reason).not.toBe('');
    }
    for (const { seconds } of functionsIn(product)) expect(seconds).toBeGreaterThanOrEqual(15);
  });
});
