import { existsSync, rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import type { Running } from '#local/running.ts';
import { up } from '#local/up.ts';
import { rawFile, setFrom, writeSet } from '#test/answers/set.ts';

declare module 'vitest' {
  interface ProvidedContext {
    running: Running;
  }
}

/** Short, so that what waits for a lease or for another attempt comes within a test. */
const settings = {
  leaseSeconds: 3,
  settleMarginSeconds: 1,
  visibilitySeconds: 15,
  maxReceives: 3,
  ...{ retrySeconds: 1, retryBackoff: 1.2, retryAttempts: 6, retryMaxSeconds: 5 },
  ...{ waitSeconds: 1, watchdogSeconds: 5, syncDeadlineSeconds: 12 },
  retainData: false,
  origins: ['https://portal.example.gov'],
};

/** Where the set of all answers goes, if one is wanted. */
const recorded = process.env.RECORD_ANSWERS;

let close: (() => Promise<void>) | undefined;

/** One Lockstep for all journeys: on an engine of its own, or on the one at AWS_ENDPOINT_URL. */
export async function setup({ provide }: TestProject): Promise<void> {
  if (recorded) rmSync(rawFile(recorded), { force: true });
  const { close: end, ...running } = await up({ announced: false, settings });
  close = end;
  provide('running', running);
}

export async function teardown(): Promise<void> {
  await close?.();
  if (recorded && existsSync(rawFile(recorded))) writeSet(recorded, setFrom(rawFile(recorded)));
}
