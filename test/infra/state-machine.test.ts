import { describe, expect, it } from 'vitest';
import { referred, resourcesOf, statementsOf } from '#infra/report/template.ts';
import { sagaDoors, synth, treeWith } from './synth.ts';
import { doorIn, relay, tree } from './walls.ts';

const watcher = 'functions/subscribers/aws.states/bring-back.ts';

describe('the state machine', () => {
  it('may invoke its five tasks, and nothing else', () => {
    const product = tree();
    const [[, { RoleArn, DefinitionSubstitutions, StateMachineType }] = ['', {}]] = resourcesOf(
      product,
      'AWS::StepFunctions::StateMachine',
    );
    expect(StateMachineType).toBe('STANDARD');
    const tasks = Object.values(DefinitionSubstitutions).map(referred);
    expect(tasks.map((task) => product.Resources[task]!.Properties.Description).sort()).toEqual(
      Object.keys(sagaDoors).sort(),
    );
    const [statement, ...others] = statementsOf(product, referred(RoleArn));
    expect(others).toEqual([]);
    expect(statement).toMatchObject({ Action: 'lambda:InvokeFunction', Effect: 'Allow' });
    expect(statement.Resource.map(referred).sort()).toEqual(tasks.sort());
  });

  it('reports failed executions to a subscriber of aws.states on the default bus', () => {
    const product = tree({ [watcher]: '' });
    const [[, { EventPattern, EventBusName }] = ['', {}]] = resourcesOf(product, 'AWS::Events::Rule');
    expect(EventBusName).toBeUndefined();
    expect(EventPattern).toMatchObject({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        stateMachineArn: [{ Ref: expect.stringMatching(/^SagaSync/) }],
      },
    });
  });

  it('is absent without its doors, needs all five of them, and is needed by a subscriber to aws.states', () => {
    const without = synth({
      root: treeWith({ [relay]: "executions.startExecution(); env('MACHINE');" }),
    }).product;
    expect(resourcesOf(without, 'AWS::StepFunctions::StateMachine')).toEqual([]);
    expect(doorIn(without, relay)).toMatchObject({ grants: [], variables: {} });
    expect(() => synth({ root: treeWith({ 'functions/saga/prepare.ts': '' }) })).toThrow(
      'functions/saga/commit.ts is missing',
    );
    expect(() => synth({ root: treeWith({ [watcher]: '' }) })).toThrow(
      `${watcher}: there is no state machine`,
    );
  });
});
