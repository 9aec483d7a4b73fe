import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type CloudEvent, cloudEvent } from '#events/event.ts';

/** Lets one EventBridge rule send to the queue, and no other sender. */
export async function letRuleSend(
  sqs: SQSClient,
  QueueUrl: string,
  Resource: string,
  rule: string,
): Promise<void> {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource,
  };
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ ...statement, Condition: { ArnEquals: { 'aws:SourceArn': rule } } }],
  });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
}

/**
 * Reads the queue until `stop`. A message that is no CloudEvent of ours ends the reading, and
 * `stop` throws.
 */
export function listen(sqs: SQSClient, QueueUrl: string): { heard: CloudEvent[]; stop(): Promise<void> } {
  const heard: CloudEvent[] = [];
  const stopping = new AbortController();
  const reading = (async () => {
    while (!stopping.signal.aborted) {
      const ask = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
      const { Messages = [] } = await sqs.send(ask);
      heard.push(...Messages.map(({ Body = '' }) => cloudEvent.parse(JSON.parse(Body).detail)));
      const Entries = Messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
      if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  })();
  reading.catch(() => {}); // thrown by `stop`
  return {
    heard,
    async stop() {
      stopping.abort();
      await reading;
    },
  };
}
