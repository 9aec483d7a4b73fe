import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { DeadLetterRecord } from '#domain/relay/dead-letters.ts';
import { type Image, relayImages } from '#domain/relay/relay.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import { relayToolsOn } from '#wiring/relay.ts';
import type { Tools } from './tools.ts';

/**
 * Sends the record, then marks it redriven. A crash in between sends it twice, which its receiver
 * recognises; the other order could lose it.
 */
export async function redriveRecord(record: DeadLetterRecord, tools: Tools): Promise<void> {
  if (record.from === 'relay') await relay(record, tools);
  else await send(record, tools);
  await strike(record, tools);
}

async function send({ from, body, code }: DeadLetterRecord, { sqs, urlOf }: Tools): Promise<void> {
  const message: unknown = JSON.parse(body);
  // `again` makes the worker ask for a refused capture once more; without it the worker finds the
  // stored refusal.
  const insisting = from === 'payment.settle' && code === 'payment-refused' && typeof message === 'object';
  const MessageBody =
    typeof message === 'string' ? message : JSON.stringify(insisting ? { ...message, again: true } : message);
  await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(from), MessageBody }));
}

/** Publishes the parked image, whole. An image that still cannot be published stays parked. */
async function relay({ body }: DeadLetterRecord, tools: Tools): Promise<void> {
  const image = JSON.parse(body) as Image;
  const park = ({ reason }: { reason: string }) => Promise.reject(new Error(reason));
  await relayImages([image], { ...relayToolsOn(tools), park });
}

/**
 * Promises: the record is the one that was sent. A record that was parked again in the meantime
 * has a later `at`, and stays.
 */
async function strike({ pk, sk, at }: DeadLetterRecord, { parked, clock }: Tools): Promise<void> {
  await parked.updateItem({
    label: 'strike-parked',
    key: { pk, sk },
    update: 'SET #redrivenAt = :now',
    condition: '#at = :at AND attribute_not_exists(#redrivenAt)',
    values: { now: rfc3339(clock.now()), at },
  });
}
