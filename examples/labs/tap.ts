import { randomUUID } from 'node:crypto';
import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, DeleteQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { CloudEvent } from '#events/event.ts';
import { sqsClient } from '#lib/aws/queues.ts';
import { patientSdk, type Reach, sdk } from '#lib/aws/sdk.ts';
import { letRuleSend, listen } from './tap-queue.ts';

type Where = { aws: Reach; bus: string };
/**
 * `heard`: every delivery in order of arrival, with repeats. `close` removes the rule and the
 * queue.
 */
export type Tap = { heard: CloudEvent[]; close(): Promise<void> };

/** Subscribes to the bus like any other subscriber: by a rule and a queue of its own. */
export async function tapBus({ aws, bus }: Where): Promise<Tap> {
  const name = `tap-${randomUUID()}`;
  const events = new EventBridgeClient({ ...sdk, ...aws });
  const sqs = sqsClient({ ...patientSdk, ...aws });
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const queue = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const Arn = queue.Attributes?.QueueArn ?? '';
  const rule = { Name: name, EventBusName: bus };
  const { RuleArn = '' } = await events.send(
    new PutRuleCommand({ ...rule, EventPattern: JSON.stringify({ source: ['lockstep'] }) }),
  );
  await letRuleSend(sqs, QueueUrl, Arn, RuleArn);
  await events.send(new PutTargetsCommand({ Rule: name, EventBusName: bus, Targets: [{ Id: 'tap', Arn }] }));

  const listening = listen(sqs, QueueUrl);
  return {
    heard: listening.heard,
    async close() {
      await listening.stop();
      await events.send(new RemoveTargetsCommand({ Rule: name, EventBusName: bus, Ids: ['tap'] }));
      await events.send(new DeleteRuleCommand(rule));
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      for (const client of [events, sqs]) client.destroy();
    },
  };
}
