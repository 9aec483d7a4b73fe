import type { Plan } from '#domain/syncs/sync.ts';
import type { Manifest } from '#systems/manifest.ts';
import { assumed } from './prices.ts';

export type Forward = 'prepare' | 'commit';
/**
 * What one system has to do in one phase: so many calls. `seconds`: at its own pace, as far as its manifest tells one; `secondsLikely`: with the time that a
 * call is assumed to take; `secondsAtMost`: if each is answered at the last moment. `reads`: it goes through the items.
 */
export type Lane = {
  system: string;
  phase: Forward;
  last: boolean;
  by: string;
  reads: boolean;
  calls: number;
} & Record<Seconds, number>;
type Seconds = 'seconds' | 'secondsLikely' | 'secondsAtMost';

const forward = ['prepare', 'commit'] as const;

/** What every system has to do for a batch of so many items until it is committed. */
export function lanesOf(count: number, { systems }: Plan, manifests: Manifest[]): Lane[] {
  return systems.flatMap(({ name, last }) => {
    const manifest = manifests.find((each) => each.name === name);
    const phases = forward.filter((phase) => manifest?.calls[phase]);
    return manifest
      ? phases.map((phase) => ({ system: name, phase, last, ...laneOf(count, manifest, phase) }))
      : [];
  });
}

function laneOf(count: number, { batch, calls: spoken, timeoutMs }: Manifest, phase: Forward) {
  const { by = 'totals', items = 1, atOnce = 1, itemsPerSecond } = batch ?? {};
  const calls = by === 'chunks' ? Math.ceil(count / items) : 1;
  // Totals say nothing of how many items they stand for.
  const seconds = by === 'totals' || !itemsPerSecond ? 0 : count / itemsPerSecond;
  const turns = Math.ceil(calls / atOnce);
  const longest = (turns * (spoken[phase]?.timeoutMs ?? timeoutMs)) / 1000;
  const more = {
    secondsLikely: Math.max(seconds, turns * assumed.callSeconds),
    secondsAtMost: Math.max(seconds, longest),
  };
  return { by, reads: by !== 'totals', calls, seconds, ...more };
}

/** How long a phase takes: all at once, and behind them the one that comes last. */
export const secondsOf = (lanes: Lane[], phase: Forward, of: Seconds = 'seconds'): number =>
  [false, true].reduce((sum, last) => {
    const asked = lanes.filter((lane) => lane.phase === phase && lane.last === last);
    return sum + Math.max(0, ...asked.map((lane) => lane[of]));
  }, 0);

/** How often the functions that go on with it change: each has a leg of the way. */
export const continuations = (lanes: Lane[], legMs: number): number =>
  forward.reduce(
    (sum, phase) => sum + Math.floor((secondsOf(lanes, phase, 'secondsLikely') * 1000) / legMs),
    0,
  );

/** Prepare, Decided? and Commit. A continuation is two more, itself and the question where it goes from there; a long commit begins with one and ends by itself. */
export function transitionsOf(lanes: Lane[], legMs: number): number {
  const more = continuations(lanes, legMs);
  return more === 0 ? 3 : 5 + 2 * more;
}
