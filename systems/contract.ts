import type { Manifest } from './manifest.ts';

/** The three phases of a change, in the words that go out, and the question what has become of it. */
export const phases = ['prepare', 'commit', 'rollback'] as const;
export type Phase = (typeof phases)[number];

/**
 * What an adapter is asked. `token` is the sync's name on the wire (a UUID, the same in every call), `key` the name of this one call (the same in its repeats);
 * `notAfter` (ms since the epoch, counted from before the sync was read) fences it: nothing is sent past it.
 */
export type Ask = { system: Manifest; token: string; key: string; type: string; payload: unknown; notAfter: number };

/**
 * `yes`: it is so, now and for good. `no`: a definite refusal, nothing was done. `ongoing`: they work on it and will say.
 * `unknown`: nobody can tell; `sent` is false only where it is certain that nothing left the house.
 * `held` is true where we kept it back ourselves, `notDone` where they were asked and say that it is not done so far. `validUntil` (ms) ends a yes to prepare; `absent` marks a no to rollback that means "never heard of it"; `pauseMs`: they ask to be left alone for so long.
 */
export type Vote =
  | { vote: 'yes'; validUntil?: number }
  | { vote: 'no'; reason: string; absent?: boolean }
  | { vote: 'ongoing' }
  | { vote: 'unknown'; reason: string; sent: boolean; held?: boolean; notDone?: boolean; pauseMs?: number };

/** Where a system says that the change stands with it; `unknown` where it did not say. */
export type Stood =
  | { stands: 'absent' | 'prepared' | 'committed' | 'rolled-back' | 'ongoing' }
  | { stands: 'unknown'; reason: string; held?: boolean };

/** An answer over HTTP, whatever its status; `body` is parsed JSON, undefined if it was none. */
export type Reply = { status: number; body: unknown };
/** The lines that adapters speak over, handed in so that a test can hand in others. Each throws where there is no answer to rely on. */
export type Lines = { rest: (ask: Ask, phase: Phase | 'query') => Promise<Reply> };

/** One protocol. Each phase answers what it knows; what it cannot know it says as `unknown`, or throws. */
export type Adapter = Record<Phase, (ask: Ask, lines: Lines) => Promise<Vote>> & { query: (ask: Ask, lines: Lines) => Promise<Stood> };
