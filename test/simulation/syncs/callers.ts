import { Problem } from '#lib/problem.ts';
import type { Process } from '#test/simulation/world.ts';
import type { Wanted } from './processes.ts';
import type { Stage } from './stage.ts';

/** What a caller was told. `unknown`: no answer; it may or may not have happened. */
export type Told = { ok: string } | { problem: string } | { unknown: true };
const gatewayMs = 29_000;

/** The doors as callers meet them: a call is a process of its own, and whoever hears nothing asks again with the same token. */
export function callersOf({ world, random, processes, skew }: Stage) {
  const call = (name: string, tenant: string, work: (process: Process) => Promise<string>): Promise<Told> => {
    const process = world.process(name, tenant, skew());
    return new Promise((resolve) => {
      process.died = () => resolve({ unknown: true });
      world.after(gatewayMs, () => resolve({ unknown: true }));
      work(process).then(
        (ok) => resolve({ ok }),
        (error) => resolve(error instanceof Problem ? { problem: error.code } : { unknown: true }),
      );
    });
  };

  const insist = async (times: number, ask: () => Promise<Told>): Promise<Told> => {
    let told = await ask();
    for (let time = 0; time < times && 'unknown' in told; time++) {
      await new Promise<void>((resolve) => world.after(random.between(10, 20_000), resolve));
      told = await ask();
    }
    return told;
  };

  return {
    /** `arrived`: when it was first asked for, from which its deadline counts. */
    accept: (wanted: Wanted, times = 0, arrived = world.clock.now()): Promise<Told> =>
      insist(times, () =>
        call('accept', wanted.tenant, (process) => processes.accept(process, wanted, arrived)),
      ),
    undo: (tenant: string, token: string, times = 0): Promise<Told> =>
      insist(times, () => call('undo', tenant, (process) => processes.undo(process, tenant, token))),
  };
}
