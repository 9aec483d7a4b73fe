import type { Plan } from '#domain/syncs/sync.ts';
import type { Manifest } from '#systems/manifest.ts';
import { assumptions } from './prices.ts';

export type Forward = 'prepare' | 'commit';
/**
 * One system's calls in one phase. `seconds`: at the manifest's rate; `secondsLikely`: with the
 * assumed time per call; `secondsAtMost`: with every call at its timeout; `reads`: it streams the
 * items.
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

/** The calls of every system for a batch of `count` items until the commit. */
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
  // Calls with totals only do not depend on the number of items.
  const seconds = by === 'totals' || !itemsPerSecond ? 0 : count / itemsPerSecond;
  const turns = Math.ceil(calls / atOnce);
  const longest = (turns * (spoken[phase]?.timeoutMs ?? timeoutMs)) / 1000;
  const more = {
    secondsLikely: Math.max(seconds, turns * assumptions.callSeconds),
    secondsAtMost: Math.max(seconds, longest),
  };
  return { by, reads: by !== 'totals', calls, seconds, ...more };
}

/** Seconds of a phase: all systems in parallel, then the `last` one. */
export const secondsOf = (lanes: Lane[], phase: Forward, of: Seconds = 'seconds'): number =>
  [false, true].reduce((sum, last) => {
    const asked = lanes.filter((lane) => lane.phase === phase && lane.last === last);
    return sum + Math.max(0, ...asked.map((lane) => lane[of]));
  }, 0);

/** How often a leg of `legMs` ends before the batch is done. */
export const continuations = (lanes: Lane[], legMs: number): number =>
  forward.reduce(
    (sum, phase) => sum + Math.floor((secondsOf(lanes, phase, 'secondsLikely') * 1000) / legMs),
    0,
  );

/**
 * Transitions of Prepare, Decided? and Commit. A continuation adds two, itself and its Choice
 * state; a `long` commit starts with one.
 */
export function transitionsOf(lanes: Lane[], legMs: number): number {
  const more = continuations(lanes, legMs);
  return more === 0 ? 3 : 5 + 2 * more;
}
