import { doorsOn, insist, type Told } from '#test/simulation/engine/calls.ts';
import { deeds, type Wanted } from './deeds.ts';
import type { Stage } from './stage.ts';

/** The doors as callers meet them: a caller that hears nothing asks again with the same token. */
export function callersOf(stage: Stage) {
  const door = doorsOn(stage);
  const patiently = (times: number, ask: () => Promise<Told<string>>) =>
    insist(stage, { times, withinMs: 20_000, open: (told) => 'unknown' in told }, ask);

  return {
    /** `arrived`: when it was first asked for, from which its deadline counts. */
    accept: (wanted: Wanted, times = 0, arrived = stage.world.clock.now()): Promise<Told<string>> =>
      patiently(times, () => door('accept', wanted.tenant, (on) => deeds.accept(on, wanted, arrived)).told),
    undo: (tenant: string, token: string, times = 0): Promise<Told<string>> =>
      patiently(times, () => door('undo', tenant, (on) => deeds.undo(on, tenant, token)).told),
  };
}
