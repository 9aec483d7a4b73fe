import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openEngine } from '#local/engine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The environment of a client of the engine. */
    engine: Record<string, string>;
  }
}

/** An empty engine for tests that compare with one: the one at AWS_ENDPOINT_URL, or a new one. */
export async function setup(project: TestProject) {
  const instance = await mkdtemp(join(tmpdir(), 'lockstep-engine-'));
  const engine = await openEngine({ instance });
  project.provide('engine', engine.env);
  return async () => {
    await engine.close();
    await rm(instance, { recursive: true, force: true });
  };
}
