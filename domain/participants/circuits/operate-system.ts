import type { Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { circuitView } from './circuit.ts';
import { operateCircuitOn } from './operate-circuit.ts';

/** `by`: the id of the operator's key. */
export type OperateSystem = {
  verb: 'pause' | 'resume' | 'retryNow';
  system: string;
  by: string;
  reason: string;
};
type Tools = Store & { systems: { names: () => string[] } };

/**
 * Applies an operator's action to one system's circuit. Refuses a system that takes part in no
 * sync.
 */
export async function operateSystem(
  { verb, system, by, reason }: OperateSystem,
  { table, clock, systems }: Tools,
) {
  if (!systems.names().includes(system))
    throw new Problem('not-found', { detail: `There is no system ${system}.` });
  const circuit = await operateCircuitOn({ table, clock })[verb]({ system, by, reason });
  return circuitView(system, circuit, clock.now());
}
