import { digest } from '#lib/ids.ts';
import { valueAt } from '#lib/value-at.ts';
import type { Condition, Manifest } from '#systems/manifest.ts';
import type { Grade, Plan, Planned, Policy } from './sync.ts';

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
export const tooMany = ({ systems }: Plan): Planned[] => {
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

function plannedOf(system: Manifest): Planned {
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
function gradeOf(systems: Planned[]): { grade: Grade; gradeReason: string } {
  const named = (some: Planned[]) => some.map(({ name }) => name).join(', ');
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
