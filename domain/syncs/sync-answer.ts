import * as z from 'zod';
import { directions, grades, states } from '#events/sync-words.ts';
import type { Answer } from '#lib/http/declaration.ts';
import { byPhase, phases } from '#systems/protocol.ts';

export const exampleSyncId = '6f1c1d2e-8b7a-4c57-9d0e-2f4b8a1c3d5e';

const time = z.iso.datetime();
const phase = z.enum(phases);
const vote = z.enum(['yes', 'no', 'ongoing', 'unknown']);
const hex = z.string().regex(/^[0-9a-f]{64}$/);
export const grade = z
  .enum(grades)
  .meta({ description: 'How safe the sync is with these systems, from A to D.' });
export const syncState = z.enum(states);

const known = z
  .object({ vote, at: time, attempts: z.int(), reason: z.string().optional(), by: z.string().optional() })
  .meta({
    id: 'Vote',
    description:
      'The last vote in a phase. `by` names a hook or an operator, if the vote did not come as an answer.',
  });

/** One system within a sync: its current phase, and its vote in each. */
export const systemShape = z
  .object({
    system: z.string(),
    title: z.string(),
    phase: phase.optional(),
    vote: vote.optional(),
    attempts: z.int(),
    ...byPhase(() => known.optional()),
    last_error: z.string().optional(),
    in_doubt: phase.optional(),
    skipped: z.string().optional(),
    waiting: z.boolean(),
  })
  .meta({ id: 'SyncSystem' });

/** The systems that were not called, and the payload fields that decided it. */
export const skippedSystems = z.array(
  z.object({ system: z.string(), inputs: z.record(z.string(), z.unknown()) }),
);

export const syncShape = z
  .object({
    sync_id: z.guid(),
    rollback_token: z.guid(),
    outside_token: z.guid().meta({ description: 'The id of the sync at outside systems.' }),
    type: z.string().optional(),
    state: syncState,
    decision: z.object({ to: z.enum(directions), at: time, reason: z.string() }).optional(),
    accepted_at: time,
    deadline: time,
    ended_at: time.optional(),
    on_commit_failure: z.enum(['retry', 'compensate']),
    grade: grade.optional(),
    grade_reason: z.string().optional(),
    rollback_from: time.optional(),
    undo_asked_at: time.optional(),
    undo_waits_for: z.array(z.guid()).optional(),
    parked: z.object({ at: time, reason: z.string() }).optional(),
    batch: z.object({ count: z.int(), amount_minor: z.int(), digest: hex, root: hex }).optional(),
    results: z.array(z.object({ phase, digest: hex })).optional(),
    systems: z.array(systemShape),
    skipped: skippedSystems,
    progress: z
      .array(z.object({ system: z.string(), phase, done: z.int(), total: z.int() }))
      .optional()
      .meta({ description: 'How many items each system has done. Only if the request asked for it.' }),
  })
  .meta({ id: 'Sync', description: 'A sync in its current state, without its payload.' });

const voted = (at: string) => ({ vote: 'yes', at, attempts: 1 });
export const systemExample = {
  ...{ system: 'dashboard', title: 'Public Dashboard', phase: 'commit', vote: 'yes', attempts: 2 },
  prepare: voted('2027-01-15T09:00:00.412Z'),
  commit: voted('2027-01-15T09:00:00.934Z'),
  waiting: false,
};

export const syncExample = {
  ...{ sync_id: exampleSyncId, rollback_token: exampleSyncId },
  outside_token: '0d2f7c1b-5c0e-8a6e-9b1d-3a4f5e6d7c8b',
  ...{ type: 'benefit.adjusted', state: 'committed' },
  decision: { to: 'commit', at: '2027-01-15T09:00:00.640Z', reason: 'all systems say yes' },
  ...{ accepted_at: '2027-01-15T09:00:00.000Z', deadline: '2027-01-15T10:00:00.000Z' },
  ...{ ended_at: '2027-01-15T09:00:01.108Z', on_commit_failure: 'retry' },
  ...{ grade: 'A', grade_reason: 'every system reserves before it commits, and can be undone' },
  ...{ systems: [systemExample], skipped: [] },
};

/** A sync, with its version as the ETag. */
export const syncAnswer = {
  description: 'The sync.',
  schema: syncShape,
  example: syncExample,
  headers: ['ETag'],
} satisfies Answer;

/** Path parameters of every door about one sync. */
export const exampleSyncPath = { path: { syncId: exampleSyncId } };
