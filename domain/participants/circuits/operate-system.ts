import { operateStandingOn } from '#domain/participants/operate-standing.ts';
import { standingView } from '#domain/participants/standing.ts';
import { Problem } from '#lib/problem.ts';
import type { Store } from '#lib/table.ts';

/** `by`: the operator's key. */
export type OperateSystem = {
  verb: 'pause' | 'resume' | 'retryNow';
  system: string;
  by: string;
  reason: string;
};
type Tools = Store & { systems: { names: () => string[] } };

/** An operator's hand on one system's circuit. Refuses where no such system takes part. */
export async function operateSystem(
  { verb, system, by, reason }: OperateSystem,
  { table, clock, systems }: Tools,
) {
  if (!systems.names().includes(system))
    throw new Problem('not-found', { detail: `There is no system ${system}.` });
  const circuit = await operateStandingOn({ table, clock })[verb]({ system, by, reason });
  return standingView(system, circuit, clock.now());
}
