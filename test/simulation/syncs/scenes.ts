import type { Mood } from './partners.ts';
import { type Cast, syncId } from './scenario.ts';
import type { Setting } from './stage.ts';
import type { Name } from './systems.ts';

/** Behaviours of each system's calls by name (`debit.commit`), in order; `forEver` repeats one. */
export type Moods = Record<string, Mood | Mood[] | { forEver: Mood }>;
export const acme = {
  tenant: 'acme',
  syncId,
  delta: 25,
  deadlineMs: 1_800_000,
  onCommitFailure: 'retry' as const,
  at: 0,
  patience: 6,
};

/** One sync without randomness; `more` sets what differs. */
export function sceneOf(
  taking: Name[],
  moods: Moods = {},
  more: Partial<Cast['plan']['syncs'][number]> = {},
): Cast {
  return {
    plan: { syncs: [{ ...acme, ...more }], stops: [] },
    taking,
    holdMs: 3_600_000,
    mood: moodOf(moods),
  };
}

export function moodOf(moods: Moods): Cast['mood'] {
  const times = new Map<string, number>();
  return (system, call) => {
    const name = `${system}.${call}`;
    const planned = moods[name];
    const time = times.get(name) ?? 0;
    times.set(name, time + 1);
    if (planned === undefined) return undefined;
    if (Array.isArray(planned)) return planned[time];
    if (typeof planned === 'object' && 'forEver' in planned) return planned.forEver;
    return time === 0 ? planned : undefined;
  };
}

const three: Name[] = ['debit', 'vault', 'dashboard'];

/** Every kind of sync. Moods are counted, so each history gets a new scene. */
export const scenes: Record<string, () => { cast: Cast } & Partial<Setting>> = {
  'all say yes': () => ({ cast: sceneOf(three) }),
  'one cannot be undone, and one cannot recognise a repeat': () => ({
    cast: sceneOf(['debit', 'vault', 'letters', 'gazette']),
  }),
  'one refuses': () => ({ cast: sceneOf(three, { 'vault.prepare': { forEver: 'refuse' } }) }),
  'one refuses to commit, and all is reversed': () => ({
    cast: sceneOf(three, { 'debit.commit': { forEver: 'refuse' } }, { onCommitFailure: 'compensate' }),
  }),
  'it is undone after its commit': () => ({ cast: sceneOf(three, {}, { undoAt: 20_000 }) }),
  'it is undone while it commits': () => ({ cast: sceneOf(three, {}, { undoAt: 280 }) }),
  'it is undone before it is accepted': () => ({ cast: sceneOf(three, {}, { at: 5_000, undoAt: 0 }) }),
  'one answers later, by its hook': () => ({
    cast: sceneOf(['debit', 'vault', 'depot'], { 'depot.prepare': { ongoingMs: 8_000, tells: true } }),
  }),
  'a system is unavailable, and an operator gets a ticket': () => ({
    cast: sceneOf(three, { 'dashboard.commit': { forEver: 'busy' } }),
  }),
  'its execution is stopped': () => ({ cast: sceneOf(three), entered: stopAt(2, 30) }),
  'its execution is stopped, and no event reports it': () => ({
    cast: sceneOf(three),
    entered: stopAt(2, 30),
    ruleless: true,
  }),
};

/** Stops the first execution, `ms` after it has entered its nth state. */
export const stopAt = (nth: number, ms: number): NonNullable<Setting['entered']> => {
  let first: string | undefined;
  return (execution, _, machine, world) => {
    first ??= execution.name;
    if (execution.name === first && execution.entered === nth) world.after(ms, () => machine.stop(execution));
  };
};
