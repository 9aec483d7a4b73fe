import type { Random } from '#test/simulation/engine/random.ts';
import { callersOf } from './callers.ts';
import type { Wanted } from './functions.ts';
import type { Mood } from './partners.ts';
import type { Stage } from './stage.ts';
import type { Name } from './systems.ts';

/** The syncs with their times and undos, and the times at which executions are stopped. */
export type Plan = { syncs: (Wanted & { at: number; undoAt?: number; patience: number })[]; stops: number[] };
export type Cast = {
  plan: Plan;
  taking: Name[];
  holdMs: number;
  mood: (system: Name, call: string, outsideToken: string) => Mood | undefined;
};

export const syncId = 'c9c1e0aa-0000-4000-8000-000000000001';
const other = 'c9c1e0aa-0000-4000-8000-000000000002';

/**
 * One to three syncs of two tenants, which may have the same syncId, and three to five systems.
 */
export function castFrom(random: Random, faulty: () => boolean): Cast {
  const more = (['depot', 'letters', 'gazette'] as const).filter(() => random.chance(0.3)).slice(0, 2);
  const taking: Name[] = ['debit', 'vault', 'dashboard', ...more];
  const wanted = [
    { tenant: 'acme', syncId },
    ...(random.chance(0.3) ? [{ tenant: 'zeta', syncId }] : []),
    ...(random.chance(0.2) ? [{ tenant: 'acme', syncId: other }] : []),
  ];
  const syncs = wanted.map((one) => {
    const at = random.between(0, 5_000);
    return {
      ...one,
      delta: 1 + random.whole(99),
      deadlineMs: random.chance(0.2) ? random.between(5_000, 60_000) : 1_800_000,
      onCommitFailure: random.pick(['retry', 'compensate'] as const),
      at,
      ...(random.chance(0.4) && { undoAt: undoAt(random, at) }),
      patience: 4,
    };
  });
  const stops = random.chance(0.2) ? [random.between(0, 60_000)] : [];
  const holdMs = random.pick([20_000, 3_600_000, 3_600_000, 3_600_000]);
  return { plan: { syncs, stops }, taking, holdMs, mood: moodsFrom(random, faulty) };
}

/** Before the sync is accepted, while it runs, or long after. */
function undoAt(random: Random, at: number): number {
  if (random.chance(0.15)) return Math.max(0, at - random.between(0, 5_000));
  return at + (random.chance(0.6) ? random.between(0, 1_500) : random.between(0, 300_000));
}

/**
 * A refusal to prepare is permanent. A refusal to commit is permanent, or temporary where the
 * sync can be undone.
 */
function moodsFrom(random: Random, faulty: () => boolean): Cast['mood'] {
  const refusing = random.pick([0, 0, 0.05, 0.15]);
  const [ongoing, odd] = [random.pick([0, 0, 0.15]), random.pick([0, 0.03, 0.1])];
  const lots = new Map<string, number>();
  const left = new Map<string, number>();
  const lot = (name: string) => {
    if (!lots.has(name)) lots.set(name, random.next());
    return lots.get(name) as number;
  };
  return (system, call, outsideToken) => {
    const name = `${system} ${call} ${outsideToken}`;
    if (call === 'query')
      return faulty() && random.chance(odd) ? random.pick(['garbled', 'busy']) : undefined;
    const times = left.get(name) ?? 0;
    left.set(name, times + 1);
    const chance = call === 'rollback' ? refusing / 4 : refusing;
    const forGood =
      call === 'prepare' || system === 'letters' || system === 'gazette' || lot(`${name} times`) < 0.4;
    if (lot(name) < chance && (forGood || times < 2)) return 'refuse';
    const late =
      call !== 'rollback' &&
      lot(`${name} ongoing`) < ongoing &&
      (call === 'prepare' ? true : system !== 'dashboard');
    if (
      late &&
      (times === 0 || call === 'prepare') &&
      (system !== 'debit' || call === 'commit') &&
      system !== 'gazette' &&
      system !== 'letters'
    )
      return {
        ongoingMs: 1_000 + 59_000 * lot(`${name} ms`),
        tells: system === 'depot' || lot(`${name} tells`) < 0.7,
      };
    return faulty() && random.chance(odd)
      ? random.pick(['garbled', 'busy', 'other', { lateMs: random.between(500, 9_500) }])
      : undefined;
  };
}

export function play({ plan }: Cast, stage: Stage): void {
  const { world, machine, random } = stage;
  const callers = callersOf(stage);
  for (const wanted of plan.syncs) {
    world.after(wanted.at, () => void callers.accept(wanted, wanted.patience));
    if (wanted.undoAt !== undefined)
      world.after(wanted.undoAt, () => void callers.undo(wanted.tenant, wanted.syncId, wanted.patience));
  }
  for (const at of plan.stops)
    world.after(at, () => {
      const alive = [...machine.executions.values()].filter((execution) => execution.alive);
      if (alive.length > 0) machine.stop(random.pick(alive));
    });
  if (plan.syncs.length === 0) throw new Error('A plan without a sync checks nothing');
}
