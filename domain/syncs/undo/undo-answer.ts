import * as z from 'zod';
import { exampleSyncId, syncState } from '#domain/syncs/sync-answer.ts';
import type { Answer } from '#lib/http/declaration.ts';

const time = z.iso.datetime();
const laterId = 'b0e6a6f2-0d5c-4a52-9f5b-7f1a0f6f2a11';

const system = z.object({
  system: z.string(),
  would: z.enum(['reverse', 'release', 'nothing', 'cannot']),
  why: z.string(),
  until: time.optional().meta({ description: 'The end of its undo window.' }),
  seconds_left: z.int().optional(),
});
const conflict = z.object({
  sync_id: z.guid(),
  type: z.string(),
  state: syncState,
  accepted_at: time,
  subjects: z.int().meta({ description: 'How many subjects both syncs touch.' }),
  examples: z.array(z.string()),
  through: z.guid().optional(),
  possible: z.boolean(),
});

/** What an undo would do, and what prevents it. */
export const undoPlanAnswer = {
  description: 'The plan. Its digest is its ETag: send it with the undo.',
  schema: z
    .object({
      digest: z.string(),
      rollback_token: z.guid(),
      sync_id: z.guid(),
      regime: z.enum(['before it came', 'before decision', 'during commit', 'after success', 'nothing left']),
      possible: z.boolean(),
      undo_asked_at: time.optional(),
      undo_waits_for: z.array(z.guid()).optional(),
      conflicts_complete: z.boolean(),
      systems: z.array(system),
      conflicts: z.array(conflict).meta({ description: 'Later syncs on the same subjects, by acceptance.' }),
    })
    .meta({ id: 'UndoPlan' }),
  example: {
    ...{ digest: 'kD0-3vJm4cYVh2pXbqT1rg', rollback_token: exampleSyncId, sync_id: exampleSyncId },
    ...{ regime: 'after success', possible: true, conflicts_complete: true },
    systems: [{ system: 'dashboard', would: 'reverse', why: 'It is reversed.' }],
    conflicts: [
      {
        ...{ sync_id: laterId, type: 'benefit.adjusted', state: 'committed' },
        ...{ accepted_at: '2027-01-15T09:05:00.000Z', subjects: 1, examples: ['state'], possible: true },
      },
    ],
  },
  headers: ['ETag'],
} satisfies Answer;

/** The answer to every undo request, first or repeated. */
export const undoRequestedAnswer = {
  description: 'The undo is requested, by this request or an earlier one.',
  schema: z
    .object({ status: z.literal('accepted'), rollback_token: z.guid(), sync_id: z.guid(), asked_at: time })
    .meta({ id: 'UndoAsked' }),
  example: {
    ...{ status: 'accepted', rollback_token: exampleSyncId, sync_id: exampleSyncId },
    asked_at: '2027-01-15T09:10:00.000Z',
  },
  headers: ['Location'],
} satisfies Answer;

export const exampleToken = { path: { token: exampleSyncId } };
/** The sync's id is enough, as long as no later sync touched the same subjects. */
export const exampleUndo = { ...exampleToken, body: {} };

/** Why a sync is not undone, or not on this plan. */
export const undoProblems = [
  ...(['undo-refused', 'undo-conflicts', 'precondition-failed', 'precondition-required'] as const),
] as const;
