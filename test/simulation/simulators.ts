import type { Simulator } from './engine/simulator.ts';

const known: Record<string, () => Promise<Simulator>> = {
  slots: async () => (await import('./slots/simulator.ts')).simulator as unknown as Simulator,
  syncs: async () => (await import('./syncs/simulator.ts')).simulator as unknown as Simulator,
  framing: async () => (await import('./wire/framing.ts')).simulator as unknown as Simulator,
  replies: async () => (await import('./wire/replies.ts')).simulator as unknown as Simulator,
  votes: async () => (await import('./wire/votes.ts')).simulator as unknown as Simulator,
  placeholders: async () => (await import('./wire/placeholders.ts')).simulator as unknown as Simulator,
};

/** The simulator of that name: slots with their payments, syncs, or the wire to outside systems. */
export function simulatorOf(name: string): Promise<Simulator> {
  const load = known[name];
  if (!load) throw new Error(`There is no simulator ${name}; there are ${Object.keys(known).join(', ')}.`);
  return load();
}
