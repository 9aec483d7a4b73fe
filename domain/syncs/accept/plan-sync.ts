import type { Grade, Plan, PlannedParticipant, Policy } from '#domain/syncs/sync.ts';
import { digest } from '#lib/ids.ts';
import { Problem } from '#lib/problem.ts';
import { valueAt } from '#lib/value-at.ts';
import type { Condition, Manifest } from '#systems/manifest.ts';

/**
 * Which systems take part in a sync, in which order they are asked, and what their word is worth. Frozen when the sync is accepted: a deploy in between
 * changes nothing for it. Throws for a plan that nobody can keep: two systems that cannot be undone.
 */
export function planSync(type: string, payload: Record<string, unknown>, systems: Manifest[]): Plan {
  const policy = systems.filter(({ takes }) => takes[type]).map((system) => policyOf(system, type, payload));
  const chosen = systems.filter(({ name }) => policy.some(({ system, takes }) => takes && system === name));
  const planned = chosen
    .map(plannedOf)
    .sort((a, b) => Number(a.last) - Number(b.last) || a.name.localeCompare(b.name, 'en'));
  return { systems: planned, policy, ...gradeOf(planned) };
}

/** Two systems that can never be taken back cannot both be the last to be asked. */
export const tooMany = ({ systems }: Plan): PlannedParticipant[] => {
  const last = systems.filter((system) => system.last);
  return last.length > 1 ? last : [];
};

function policyOf({ name, takes }: Manifest, type: string, payload: Record<string, unknown>): Policy {
  const conditions = takes[type]?.when ?? [];
  const inputs = Object.fromEntries(
    conditions.map(({ field }) => [field, valueAt({ type, payload }, field) ?? null]),
  );
  return {
    system: name,
    takes: conditions.every((condition) => holds(condition, inputs[condition.field])),
    inputs,
  };
}

function holds(condition: Condition, value: unknown): boolean {
  if ('in' in condition) return condition.in.some((one) => one === value);
  if (typeof value !== 'number') return false;
  return 'atLeast' in condition ? value >= condition.atLeast : value <= condition.atMost;
}

const digests = new WeakMap<Manifest, string>();
/** Made once for each manifest: it cannot change under a running build. */
export function manifestDigest(system: Manifest): string {
  const known = digests.get(system) ?? digest('manifest', system);
  digests.set(system, known);
  return known;
}

function plannedOf(system: Manifest): PlannedParticipant {
  const { name, title, adapter = '', calls, capabilities, batch } = system;
  const { undoWindowSeconds, ...can } = capabilities;
  const reachMs = Math.max(...Object.values(calls).map(({ timeoutMs }) => timeoutMs ?? system.timeoutMs));
  return {
    ...can,
    name,
    title,
    adapter,
    digest: manifestDigest(system),
    last: can.undo === 'none',
    reachMs,
    ...(undoWindowSeconds && { undoWindowSeconds }),
    ...(batch?.by === 'totals' && { totals: true as const }),
  };
}

/** A: all hold and can be undone. B: all can be undone, not all hold. C: one cannot be undone. D: one cannot tell a repeat, so a person may have to look. */
function gradeOf(systems: PlannedParticipant[]): { grade: Grade; gradeReason: string } {
  const named = (some: PlannedParticipant[]) => some.map(({ name }) => name).join(', ');
  const blind = systems.filter(({ idempotent }) => idempotent === 'none');
  if (blind.length > 0)
    return {
      grade: 'D',
      gradeReason: `${named(blind)} cannot recognise a repeat: a lost answer may need a person`,
    };
  const last = systems.filter((system) => system.last);
  if (last.length > 0)
    return { grade: 'C', gradeReason: `${named(last)} cannot be undone, so it is asked last` };
  const loose = systems.filter(({ prepare }) => prepare !== 'reserve');
  if (loose.length > 0)
    return { grade: 'B', gradeReason: `${named(loose)} only looks before it commits, and holds nothing` };
  return { grade: 'A', gradeReason: 'every system reserves before it commits, and can be undone' };
}

/** `taking`: the manifests of the systems in the plan. */
export type PlannedSync = { plan: Plan; taking: Manifest[] };

/** Who would be asked, in which order, and what that is worth. Refuses what no order of systems can keep; of a batch, what one of them could not take, or take back. Writes nothing. */
export async function planFor(
  type: string,
  payload: Record<string, unknown>,
  { systems }: { systems: () => Promise<Manifest[]> },
  batched = false,
): Promise<PlannedSync> {
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
