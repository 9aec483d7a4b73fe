import type { ParticipantReply } from '#domain/syncs/saga/coordinator.ts';

/** A chunk at an adapter. For a file, it is a slice of as many records. */
export type Passing = { system: string; phase: string; chunk: number; done: boolean };
export const never = () => new Promise<never>(() => {});

/**
 * Kills one adapter's function, once: its caller gets an outage, and nothing of the function runs
 * on.
 */
export function adapterKills(dies: (passing: Passing) => boolean) {
  const deaths = new Map<string, () => void>();
  let killed = false;
  return {
    at(passing: Passing): boolean {
      if (killed || !dies(passing)) return false;
      killed = true;
      deaths.get(passing.system)?.();
      return true;
    },
    death: (system: string): Promise<ParticipantReply> =>
      new Promise((resolve) => {
        const said = {
          vote: 'unknown' as const,
          reason: 'its adapter could not be reached',
          sent: true,
          held: true,
        };
        deaths.set(system, () => resolve({ said }));
      }),
  };
}
