import {
  GetQueueAttributesCommand,
  type QueueAttributeName,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { CloudEvent } from '#events/event.ts';
import { eventually, queues, sqs } from './running-lockstep.ts';

const urlOf = (queue: string): string => queues[queue]?.url ?? '';

export const subscribers = Object.keys(queues).filter((name) => name.startsWith('slot/'));

/** Sends a message to a queue, as a repeated delivery. */
export const deliver = (queue: string, body: object) =>
  sqs.send(new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody: JSON.stringify(body) }));

/**
 * Makes failed messages of a queue come again after so few seconds, which no deploy would allow.
 * Returns a function that restores the queue.
 */
export async function redeliverAfter(queue: string, seconds: number): Promise<() => Promise<void>> {
  const QueueUrl = urlOf(queue);
  const set = async (VisibilityTimeout: string) =>
    void (await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout } })));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }),
  );
  await set(String(seconds));
  return () => set(Attributes?.VisibilityTimeout ?? '15');
}

/** An event as EventBridge delivers it to a subscriber's queue. */
export const envelope = (event: CloudEvent) => ({
  source: 'lockstep',
  'detail-type': event.type,
  time: event.time,
  detail: event,
});

/** Waits until these queues are empty and their workers idle. */
export const drained = (names: string[]) =>
  eventually(
    async () => {
      const counts = await Promise.all(names.map(waiting));
      return counts.reduce((a, b) => a + b, 0);
    },
    (count) => count === 0,
  );

async function waiting(queue: string): Promise<number> {
  const AttributeNames = ['', 'NotVisible', 'Delayed'].map(
    (kind) => `ApproximateNumberOfMessages${kind}` as QueueAttributeName,
  );
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: urlOf(queue), AttributeNames }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}
