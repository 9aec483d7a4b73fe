import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { counted } from './aws/aws-calls.ts';
import { logger } from './logger.ts';
import { Problem, type ProblemCode } from './problem.ts';

type Park = (parked: {
  from: string;
  tenant: string;
  code: ProblemCode;
  reason: string;
  body: unknown;
}) => Promise<void>;
/** `name` is the queue's, for redriving a parked message. `run` returns one word for the log. */
type Work<T extends z.ZodType<{ tenant: string }>> = {
  name: string;
  data: T;
  read?: (body: unknown) => unknown;
  park: () => Park;
  run: (data: z.output<T>) => Promise<string>;
  /** Runs the messages of a batch in sequence, if they would contend for one item. */
  oneByOne?: boolean;
};

/**
 * A worker of a queue. A Problem or an unreadable message is settled by parking the message whole.
 * Any other error is an outage: SQS redelivers that message and no other of its batch.
 */
export function worker<T extends z.ZodType<{ tenant: string }>>({
  name,
  data,
  read = (body) => body,
  park,
  run,
  oneByOne = false,
}: Work<T>) {
  const processor = new BatchProcessor(EventType.SQS);

  async function one(record: SQSRecord): Promise<void> {
    const body = json(record.body);
    const parsed = data.safeParse(read(body));
    if (!parsed.success)
      return park()({
        from: name,
        tenant: tenantIn(body),
        code: 'unreadable',
        reason: `unreadable: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`,
        body,
      });
    try {
      const outcome = await run(parsed.data);
      logger().info(name, { messageId: record.messageId, tenant: parsed.data.tenant, outcome, ...counted() });
    } catch (error) {
      if (!(error instanceof Problem)) throw logged(error, name, record);
      logger().warn(name, {
        messageId: record.messageId,
        tenant: parsed.data.tenant,
        outcome: 'parked',
        code: error.code,
      });
      await park()({
        from: name,
        tenant: parsed.data.tenant,
        code: error.code,
        reason: `${error.code}: ${error.message}`,
        body,
      });
    }
  }

  return (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(event, one, processor, {
      context,
      throwOnFullBatchFailure: false,
      processInParallel: !oneByOne,
    }) as Promise<SQSBatchResponse>;
}

function logged(error: unknown, name: string, record: SQSRecord): unknown {
  logger().warn(name, {
    messageId: record.messageId,
    outcome: 'again',
    error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown',
    ...counted(),
  });
  return error;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The tenant of a message that fails its schema, if it has one. */
function tenantIn(body: unknown): string {
  const tenant =
    (body as { tenant?: unknown; detail?: { tenant?: unknown } } | null)?.tenant ??
    (body as { detail?: { tenant?: unknown } } | null)?.detail?.tenant;
  return typeof tenant === 'string' && /^[a-z][a-z0-9-]{1,30}$/.test(tenant) ? tenant : 'unknown';
}
