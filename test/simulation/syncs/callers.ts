import { doorsOn, insist, type Told } from '#test/simulation/engine/calls.ts';
import { deeds, type Wanted } from './deeds.ts';
import type { Stage } from './stage.ts';

/**
 * The doors as callers meet them: a caller without an answer repeats the call with the same id.
 */
export function callersOf(stage: Stage) {
  const door = doorsOn(stage);
  const patiently = (times: number, ask: () => Promise<Told<string>>) =>
    insist(stage, { times, withinMs: 20_000, open: (told) => 'unknown' in told }, ask);

  return {
    /** `arrived`: the time of the first request, from which the deadline counts. */
    accept: (wanted: Wanted, times = 0, arrived = stage.world.clock.now()): Promise<Told<string>> =>
      patiently(times, () => door('accept', wanted.tenant, (on) => deeds.accept(on, wanted, arrived)).told),
    undo: (tenant: string, syncId: string, times = 0): Promise<Told<string>> =>
      patiently(times, () => door('undo', tenant, (on) => deeds.undo(on, tenant, syncId)).told),
  };
}
