import { existsSync, rmSync } from 'node:fs';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { TestProject } from 'vitest/node';
import { sqsClient } from '#lib/aws/queues.ts';
import { awsClient } from '#local/aws-client.ts';
import type { Running } from '#local/running.ts';
import { up } from '#local/up.ts';
import { rawFile, setFrom, writeSet } from '#test/answers/set.ts';
import { serveTurns } from './turns.ts';
import { type Undone, warmUp } from './warm-up.ts';

declare module 'vitest' {
  interface ProvidedContext {
    running: Running;
    undone: Undone;
    /** Where journeys take turns. */
    turns: string;
  }
}

/**
 * Short times where a test waits for them: a lease, a retry, a revoked key. A sync's deadline is
 * long, so that a loaded machine decides before it.
 */
const settings = {
  leaseSeconds: 3,
  settleMarginSeconds: 1,
  visibilitySeconds: 15,
  maxReceives: 3,
  keyCacheSeconds: 2,
  ...{ retrySeconds: 1, retryBackoff: 1.2, retryAttempts: 6, retryMaxSeconds: 5 },
  ...{ waitSeconds: 1, watchdogSeconds: 5, syncDeadlineSeconds: 300 },
  // Fifty callers share a key here, and a test that waits for a state polls: the damper has tests of its own.
  ...{ keyRatePerSecond: 1_000, keyBurst: 1_000 },
  retainData: false,
  origins: ['https://portal.example.gov'],
};

/** So soon a payment that failed to be settled comes again: less than a synth allows, since here no call takes long. */
const settleAgainSeconds = 6;

/** Where the set of all answers goes, if one is wanted. */
const recorded = process.env.RECORD_ANSWERS;

let close: (() => Promise<void>) | undefined;
let turns: Awaited<ReturnType<typeof serveTurns>> | undefined;

/** One Lockstep for all journeys, on an engine of its own or on the one at AWS_ENDPOINT_URL. */
export async function setup({ provide }: TestProject): Promise<void> {
  if (recorded) rmSync(rawFile(recorded), { force: true });
  const { close: end, ...running } = await up({ announced: false, settings });
  close = end;
  turns = await serveTurns();
  provide('turns', turns.url);
  await settleAgainSoon(running);
  provide('running', running);
  provide('undone', await warmUp(running));
}

export async function teardown(): Promise<void> {
  turns?.close();
  await close?.();
  if (recorded && existsSync(rawFile(recorded))) writeSet(recorded, setFrom(rawFile(recorded)));
}

async function settleAgainSoon({ env, outputs }: Running): Promise<void> {
  const queues: Record<string, { url: string }> = JSON.parse(outputs.Queues ?? '{}');
  const client = sqsClient(awsClient(env));
  const Attributes = { VisibilityTimeout: String(settleAgainSeconds) };
  await client.send(
    new SetQueueAttributesCommand({ QueueUrl: queues['payment.settle']?.url ?? '', Attributes }),
  );
  client.destroy();
}
