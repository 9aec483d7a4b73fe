import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { rfc3339 } from '#lib/rfc3339.ts';

/** A message that a worker has failed on too often. */
export type DeadLetter = { id: string; at: string; tenant: string; body: string; receipt: string };

const most = 10;
/**
 * The visibility timeout: long enough to read a full queue. Messages that stay are given back
 * earlier.
 */
const lookSeconds = 60;

/**
 * Makes all messages of a dead-letter queue invisible; `giveBack` ends that for the ones that
 * stay.
 */
export async function* takeDeadLetters(sqs: SQSClient, url: string): AsyncGenerator<DeadLetter> {
  const found = new Set<string>();
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: most,
        VisibilityTimeout: lookSeconds,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    const fresh = Messages.map(letterOf).filter(({ id }) => !found.has(id));
    for (const letter of fresh) found.add(letter.id);
    yield* fresh;
    if (fresh.length === 0) return;
  }
}

/** Visible again at once. An expired receipt means that the message already is. */
export async function giveBack(sqs: SQSClient, url: string, letters: DeadLetter[]): Promise<void> {
  for (let from = 0; from < letters.length; from += most) {
    const Entries = letters
      .slice(from, from + most)
      .map(({ receipt }, i) => ({ Id: String(i), ReceiptHandle: receipt, VisibilityTimeout: 0 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }));
  }
}

/**
 * Sends the message to its queue, then deletes it here. A crash in between leaves it in both, and
 * its worker recognises the repeat.
 */
export async function bringBack(
  sqs: SQSClient,
  { url, deadLetters }: { url: string; deadLetters: string },
  letter: DeadLetter,
): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: letter.body }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetters, ReceiptHandle: letter.receipt }));
}

function letterOf({
  MessageId: id = '',
  Body: body = '',
  ReceiptHandle: receipt = '',
  Attributes = {},
}: Message): DeadLetter {
  const sent = Number(Attributes.SentTimestamp ?? 0);
  return { id, at: rfc3339(sent), tenant: tenantIn(body), body, receipt };
}

/** The tenant: in a job's message itself, in an event inside its envelope. */
function tenantIn(body: string): string {
  try {
    const message = JSON.parse(body) as { tenant?: unknown; detail?: { tenant?: unknown } } | null;
    return String(message?.tenant ?? message?.detail?.tenant ?? 'unknown');
  } catch {
    return 'unknown';
  }
}
