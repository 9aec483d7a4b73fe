import { existsSync, rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import type { Running } from '#local/running.ts';
import { up } from '#local/up.ts';
import { rawFile, setFrom, writeSet } from '#test/answers/set.ts';
import { type Undone, warmUp } from './warm-up.ts';

declare module 'vitest' {
  interface ProvidedContext {
    running: Running;
    undone: Undone;
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
  ...{ waitSeconds: 1, watchdogSeconds: 5, syncDeadlineSeconds: 60 },
  // Fifty callers share a key here, and tests poll; the damper has tests of its own.
  ...{ keyRatePerSecond: 1_000, keyBurst: 1_000 },
  retainData: false,
  origins: ['https://portal.example.gov'],
};

/** The file for the set of all answers, if one is wanted. */
const recorded = process.env.RECORD_ANSWERS;

let close: (() => Promise<void>) | undefined;

/** One Lockstep for all journeys, on an engine of its own or on the one at AWS_ENDPOINT_URL. */
export async function setup({ provide }: TestProject): Promise<void> {
  if (recorded) rmSync(rawFile(recorded), { force: true });
  const { close: end, ...running } = await up({ announced: false, settings });
  close = end;
  provide('running', running);
  provide('undone', await warmUp(running));
}

export async function teardown(): Promise<void> {
  await close?.();
  if (recorded && existsSync(rawFile(recorded))) writeSet(recorded, setFrom(rawFile(recorded)));
}
