import type { Store } from '#lib/aws/table.ts';
import { circuitView } from './circuit.ts';
import { readCircuits } from './circuits.ts';

type Tools = Store & { systems: { names: () => string[] } };

/** Every system with the state of its circuit. */
export async function listSystems({ table, clock, systems }: Tools) {
  const all = await readCircuits({ table });
  return systems
    .names()
    .map((system) => circuitView(system, all.find(({ sk }) => sk === system) ?? {}, clock.now()));
}
