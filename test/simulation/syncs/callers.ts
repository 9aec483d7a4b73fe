import { doorsOn, type Outcome, retry } from '#test/simulation/engine/calls.ts';
import { functions, type Wanted } from './functions.ts';
import type { Stage } from './stage.ts';

/**
 * The doors as callers meet them: a caller without an answer repeats the call with the same id.
 */
export function callersOf(stage: Stage) {
  const door = doorsOn(stage);
  const patiently = (times: number, ask: () => Promise<Outcome<string>>) =>
    retry(stage, { times, withinMs: 20_000, open: (outcome) => 'unknown' in outcome }, ask);

  return {
    /** `arrived`: the time of the first request, from which the deadline counts. */
    accept: (wanted: Wanted, times = 0, arrived = stage.world.clock.now()): Promise<Outcome<string>> =>
      patiently(
        times,
        () => door('accept', wanted.tenant, (on) => functions.accept(on, wanted, arrived)).outcome,
      ),
    undo: (tenant: string, syncId: string, times = 0): Promise<Outcome<string>> =>
      patiently(times, () => door('undo', tenant, (on) => functions.undo(on, tenant, syncId)).outcome),
  };
}
