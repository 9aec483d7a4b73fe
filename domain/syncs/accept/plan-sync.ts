import type { Grade, Plan, PlannedParticipant, Policy } from '#domain/syncs/sync.ts';
import { digest } from '#lib/ids.ts';
import { Problem } from '#lib/problem.ts';
import { valueAt } from '#lib/value-at.ts';
import type { Condition, Manifest } from '#systems/manifest.ts';

/**
 * Plans a sync: its systems, their order and the grade; frozen at acceptance, so a deploy does not
 * change it. Throws for a plan with two systems without undo.
 */
export function planSync(type: string, payload: Record<string, unknown>, systems: Manifest[]): Plan {
  const policy = systems.filter(({ takes }) => takes[type]).map((system) => policyOf(system, type, payload));
  const chosen = systems.filter(({ name }) => policy.some(({ system, takes }) => takes && system === name));
  const planned = chosen
    .map(plannedOf)
    .sort((a, b) => Number(a.last) - Number(b.last) || a.name.localeCompare(b.name, 'en'));
  return { systems: planned, policy, ...gradeOf(planned) };
}

/** The systems without undo, if more than one: only one can be the last. */
export const lastSystems = ({ systems }: Plan): PlannedParticipant[] => {
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
/** Computed once per manifest, which never changes within a build. */
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

/**
 * A: all reserve and can be undone; B: all can be undone, not all reserve; C: one has no undo; D:
 * one is not idempotent, so an operator may have to act.
 */
function gradeOf(systems: PlannedParticipant[]): { grade: Grade; gradeReason: string } {
  const named = (some: PlannedParticipant[]) => some.map(({ name }) => name).join(', ');
  const blind = systems.filter(({ idempotent }) => idempotent === 'none');
  if (blind.length > 0)
    return {
      grade: 'D',
      gradeReason: `${named(blind)} cannot recognise a repeat: a lost answer may need an operator`,
    };
  const last = systems.filter((system) => system.last);
  if (last.length > 0)
    return { grade: 'C', gradeReason: `${named(last)} cannot be undone, so it is called last` };
  const loose = systems.filter(({ prepare }) => prepare !== 'reserve');
  if (loose.length > 0)
    return { grade: 'B', gradeReason: `${named(loose)} only checks before it commits, and reserves nothing` };
  return { grade: 'A', gradeReason: 'every system reserves before it commits, and can be undone' };
}

/** `taking`: the manifests of the systems in the plan. */
export type PlannedSync = { plan: Plan; taking: Manifest[] };

/**
 * Plans a sync without writing anything. Refuses two systems without undo; for a batch, also a
 * system that cannot take or undo one.
 */
export async function planFor(
  type: string,
  payload: Record<string, unknown>,
  { systems }: { systems: () => Promise<Manifest[]> },
  batched = false,
): Promise<PlannedSync> {
  const all = await systems();
  const plan = planSync(type, payload, all);
  const last = lastSystems(plan);
  if (last.length > 0)
    throw new Problem('plan-impossible', {
      detail: `${last.map(({ name }) => name).join(' and ')} cannot be undone, and only one system can be called last.`,
    });
  if (plan.policy.length === 0)
    throw new Problem('unknown-event-type', { detail: `No system takes ${type}.` });
  const taking = all.filter(({ name }) => plan.systems.some((system) => system.name === name));
  const unfit = batched ? taking.flatMap(unfitFor) : [];
  if (unfit.length > 0) throw new Problem('plan-impossible', { detail: `${unfit.join('; ')}.` });
  return { plan, taking };
}

/** Why a system cannot take part in a batch: some items are retried, and some undone. */
function unfitFor({ name, batch, capabilities }: Manifest): string[] {
  if (!batch) return [`${name} takes no batches`];
  if (capabilities.idempotent === 'none')
    return [`${name} cannot recognise a repeat, and a batch continues where it stopped`];
  if (capabilities.undo === 'none')
    return [`${name} has no undo, and a batch may have to be rolled back halfway`];
  return capabilities.tombstone
    ? []
    : [`${name} keeps no tombstone of an early rollback, and a chunk may arrive late`];
}
