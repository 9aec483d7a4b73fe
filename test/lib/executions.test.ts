import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { executionsOn } from '#lib/aws/executions.ts';
import { sdk } from '#lib/aws/sdk.ts';
import { tasksOn } from '#lib/aws/step-functions-tasks.ts';
import { fakeAws } from './fake-aws.ts';

const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:Sync-1';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(closing.splice(0).map((close) => close()))));

const answering = async (status: number, body: object) => {
  const aws = await fakeAws(() => ({ status, body }));
  closing.push(aws.close);
  const client = new SFNClient({ ...sdk, ...aws.at });
  return {
    asked: aws.asked,
    ...executionsOn({ client: () => client, machine: () => machine }),
    ...tasksOn({ client: () => client }),
  };
};
const refusing = (kind: string) => answering(400, { __type: `com.amazonaws.states#${kind}`, message: 'no' });
const started = { executionArn: 'arn:x', startDate: 1 };

describe('an execution of Step Functions', () => {
  it('is started by name', async () => {
    const { startExecution: start, asked } = await answering(200, started);
    await start('a1', { epoch: 1 });
    expect(asked).toEqual([
      { target: 'StartExecution', body: { stateMachineArn: machine, name: 'a1', input: '{"epoch":1}' } },
    ]);
  });

  it('that exists already counts as started', async () => {
    const { startExecution: start } = await refusing('ExecutionAlreadyExists');
    await expect(start('a1', {})).resolves.toBeUndefined();
  });

  it('that cannot be started is an outage', async () => {
    const { startExecution: start } = await refusing('StateMachineDoesNotExist');
    await expect(start('a1', {})).rejects.toThrow(
      expect.objectContaining({ name: 'StateMachineDoesNotExist' }),
    );
  });

  it.each([
    ['RUNNING', 'running'],
    ['SUCCEEDED', 'ended'],
    ['FAILED', 'ended'],
    ['TIMED_OUT', 'ended'],
    ['ABORTED', 'ended'],
  ])('with the status %s is %s', async (status, said) => {
    const { describeExecution: state, asked } = await answering(200, { ...started, status });
    expect(await state('a1')).toBe(said);
    expect(asked[0]!.body).toEqual({
      executionArn: 'arn:aws:states:us-east-1:123456789012:execution:Sync-1:a1',
    });
  });

  it('is absent when Step Functions does not know it, and an outage when Step Functions fails', async () => {
    expect(await (await refusing('ExecutionDoesNotExist')).describeExecution('a1')).toBe('absent');
    await expect((await refusing('InvalidArn')).describeExecution('a1')).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidArn' }),
    );
  });
});

describe('a waiting task', () => {
  it('is answered with SendTaskSuccess', async () => {
    const { sendSuccess: succeed, asked } = await answering(200, {});
    expect(await succeed('token', { state: 'committed' })).toBe('answered');
    expect(asked).toEqual([
      { target: 'SendTaskSuccess', body: { taskToken: 'token', output: '{"state":"committed"}' } },
    ]);
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])(
    'is over after the error %s',
    async (kind) => {
      expect(await (await refusing(kind)).sendSuccess('token', {})).toBe('over');
    },
  );

  it('can be answered later when Step Functions is unavailable', async () => {
    await expect((await answering(500, {})).sendSuccess('token', {})).rejects.toThrow();
  });
});
