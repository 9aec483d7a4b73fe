import { Problem } from '#lib/problem.ts';
import type { Platform } from '#wiring/platform.ts';
import type { Ground } from './stage.ts';
import type { Process } from './world.ts';

/**
 * A caller's view of an answer. `unknown`: no answer, or one that promises nothing; the call may
 * have taken effect.
 */
export type Outcome<T> = { ok: T } | { problem: string } | { unknown: true };
const gatewayMs = 29_000;

/**
 * A door as callers meet it: each call is its own process, and a caller whose call dies or times
 * out never learns the result.
 */
export const doorsOn =
  ({ world, skew, platformOf }: Ground) =>
  <T>(name: string, tenant: string, work: (on: Platform) => Promise<T>) => {
    const process: Process = world.process(name, tenant, skew());
    const outcome = new Promise<Outcome<T>>((resolve) => {
      process.died = () => resolve({ unknown: true });
      world.after(gatewayMs, () => resolve({ unknown: true }));
      work(platformOf(process)).then(
        (ok) => resolve({ ok }),
        (error) => resolve(error instanceof Problem ? { problem: error.code } : { unknown: true }),
      );
    });
    return { process, outcome };
  };

/** Calls again after a pause, while the answer settles nothing. */
export async function retry<T>(
  { world, random }: Pick<Ground, 'world' | 'random'>,
  { times, withinMs, open }: { times: number; withinMs: number; open: (outcome: T) => boolean },
  ask: () => Promise<T>,
): Promise<T> {
  let outcome = await ask();
  for (let time = 0; time < times && open(outcome); time++) {
    await new Promise<void>((resolve) => world.after(random.between(10, withinMs), resolve));
    outcome = await ask();
  }
  return outcome;
}
