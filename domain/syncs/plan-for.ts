import { Problem } from '#lib/problem.ts';
import type { Manifest } from '#systems/manifest.ts';
import { planSync, tooMany } from './plan-sync.ts';
import type { Plan } from './sync.ts';

/** `taking`: the manifests of the systems in the plan. */
export type Planning = { plan: Plan; taking: Manifest[] };

/** Who would be asked, in which order, and what that is worth. Refuses what no order of systems can keep; of a batch, what one of them could not take, or take back. Writes nothing. */
export async function planFor(
  type: string,
  payload: Record<string, unknown>,
  { systems }: { systems: () => Promise<Manifest[]> },
  batched = false,
): Promise<Planning> {
  const all = await systems();
  const plan = planSync(type, payload, all);
  const last = tooMany(plan);
  if (last.length > 0)
    throw new Problem('plan-impossible', {
      detail: `${last.map(({ name }) => name).join(' and ')} cannot be undone, and only one can be asked last.`,
    });
  if (plan.policy.length === 0)
    throw new Problem('unknown-event-type', { detail: `No system takes ${type}.` });
  const taking = all.filter(({ name }) => plan.systems.some((system) => system.name === name));
  const unfit = batched ? taking.flatMap(unfitFor) : [];
  if (unfit.length > 0) throw new Problem('plan-impossible', { detail: `${unfit.join('; ')}.` });
  return { plan, taking };
}

/** Why a system cannot be in a batch: of so many items some will be asked for twice, and some taken back. */
function unfitFor({ name, batch, capabilities }: Manifest): string[] {
  if (!batch) return [`${name} takes no batches`];
  if (capabilities.idempotent === 'none')
    return [`${name} cannot recognise a repeat, and a batch is gone on with where it has stopped`];
  if (capabilities.undo === 'none')
    return [`${name} cannot undo what it has done, and a batch may have to be taken back in the middle`];
  return capabilities.tombstone
    ? []
    : [`${name} forgets what was rolled back before it came, and a chunk may come late`];
}
