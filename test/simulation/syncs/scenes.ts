import type { Mood } from './partners.ts';
import { type Cast, syncId } from './scenario.ts';
import type { Setting } from './stage.ts';
import type { Name } from './systems.ts';

/** What each system is told to do with its calls of a name (`debit.commit`), one after the other, and again the last if that is `for ever`. */
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

/** One sync with nothing left to chance; `more` says what is otherwise. */
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
    const told = moods[name];
    const time = times.get(name) ?? 0;
    times.set(name, time + 1);
    if (told === undefined) return undefined;
    if (Array.isArray(told)) return told[time];
    if (typeof told === 'object' && 'forEver' in told) return told.forEver;
    return time === 0 ? told : undefined;
  };
}

const three: Name[] = ['debit', 'vault', 'dashboard'];

/** Each kind of life that a sync may have. The systems' moods are counted, so a scene is made anew for each history. */
export const scenes: Record<string, () => { cast: Cast } & Partial<Setting>> = {
  'all say yes': () => ({ cast: sceneOf(three) }),
  'one cannot be undone, and one cannot recognise a repeat': () => ({
    cast: sceneOf(['debit', 'vault', 'letters', 'gazette']),
  }),
  'one refuses': () => ({ cast: sceneOf(three, { 'vault.prepare': { forEver: 'refuse' } }) }),
  'one refuses to commit, and all is reversed': () => ({
    cast: sceneOf(three, { 'debit.commit': { forEver: 'refuse' } }, { onCommitFailure: 'compensate' }),
  }),
  'it is taken back after success': () => ({ cast: sceneOf(three, {}, { undoAt: 20_000 }) }),
  'it is taken back while it commits': () => ({ cast: sceneOf(three, {}, { undoAt: 280 }) }),
  'it is taken back before it has come': () => ({ cast: sceneOf(three, {}, { at: 5_000, undoAt: 0 }) }),
  'one answers later, by its hook': () => ({
    cast: sceneOf(['debit', 'vault', 'depot'], { 'depot.prepare': { ongoingMs: 8_000, tells: true } }),
  }),
  'one is away, and a person is asked': () => ({
    cast: sceneOf(three, { 'dashboard.commit': { forEver: 'busy' } }),
  }),
  'its execution is stopped': () => ({ cast: sceneOf(three), entered: stopAt(2, 30) }),
  'its execution is stopped, and nobody is told': () => ({
    cast: sceneOf(three),
    entered: stopAt(2, 30),
    ruleless: true,
  }),
};

/** Stops the first execution, so many milliseconds after it has entered the nth of its states. */
export const stopAt = (nth: number, ms: number): NonNullable<Setting['entered']> => {
  let first: string | undefined;
  return (execution, _, machine, world) => {
    first ??= execution.name;
    if (execution.name === first && execution.entered === nth) world.after(ms, () => machine.stop(execution));
  };
};
