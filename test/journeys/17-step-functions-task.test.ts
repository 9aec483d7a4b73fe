import { randomUUID } from 'node:crypto';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand, DeleteQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { awsClient } from '#local/aws-client.ts';
import { eventually, running, sqs } from './running-lockstep.ts';
import { newPublisher } from './served-offices.ts';

const machines = new SFNClient(awsClient(running.env));
let [queue, machine] = ['', ''];

/** A caller's workflow: one step that sends its task token to a queue and waits. */
beforeAll(async () => {
  const name = `caller-${randomUUID()}`;
  queue = (await sqs.send(new CreateQueueCommand({ QueueName: name }))).QueueUrl ?? '';
  const Wait = {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: { QueueUrl: queue, MessageBody: { 'token.$': '$$.Task.Token' } },
    TimeoutSeconds: 60,
    End: true,
  };
  const definition = JSON.stringify({ StartAt: 'Wait', States: { Wait } });
  const roleArn = 'arn:aws:iam::000000000000:role/caller';
  machine =
    (await machines.send(new CreateStateMachineCommand({ name, definition, roleArn }))).stateMachineArn ?? '';
});
afterAll(async () => {
  await machines.send(new DeleteStateMachineCommand({ stateMachineArn: machine }));
  await sqs.send(new DeleteQueueCommand({ QueueUrl: queue }));
});

async function waiting(): Promise<{ execution: string; token: string }> {
  const { executionArn = '' } = await machines.send(
    new StartExecutionCommand({ stateMachineArn: machine, input: '{}' }),
  );
  const ask = () => sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, WaitTimeSeconds: 1 }));
  const { Messages = [] } = await eventually(ask, (seen) => (seen.Messages?.length ?? 0) > 0);
  return { execution: executionArn, token: String(JSON.parse(Messages[0]?.Body ?? '{}').token) };
}

it('a Step Functions task that requests a sync gets its end as the answer, once', async () => {
  const { publisher, comes } = await newPublisher();
  const { execution, token } = await waiting();
  const id = randomUUID();
  const body = {
    id,
    type: 'benefit_adjusted',
    payload: { state: 'OH', delta_usd: 25 },
    callback_task_token: token,
  };
  expect((await publisher('POST', '/api/v1/events', { body })).status).toBe(202);
  await comes(id, 'committed');
  const ended = await eventually(
    () => machines.send(new DescribeExecutionCommand({ executionArn: execution })),
    ({ status }) => status !== 'RUNNING',
  );
  expect(ended.status).toBe('SUCCEEDED');
  expect(JSON.parse(ended.output ?? '{}')).toMatchObject({ result: 'success', sync_id: id });
  // The undo has no waiting task, and still ends.
  await publisher('POST', `/api/v1/rollbacks/${id}`);
  await comes(id, 'undone');
});
