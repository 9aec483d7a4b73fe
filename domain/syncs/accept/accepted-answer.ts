import * as z from 'zod';
import { exampleSyncId, grade, syncShape } from '#domain/syncs/sync-answer.ts';
import type { Answer } from '#lib/http/declaration.ts';
import { rehearsalExample, rehearsalShape } from './rehearsal-answer.ts';

/** The publisher gets the sync's id, and no outcome yet. */
export const acceptedAnswer = {
  description: 'The sync is accepted, by this request or an earlier one. A repeat gets the same answer.',
  schema: z
    .object({
      status: z.literal('accepted'),
      sync_id: z.guid(),
      rollback_token: z.guid(),
      grade,
      grade_reason: z.string(),
    })
    .meta({ id: 'Accepted' }),
  example: {
    ...{ status: 'accepted', sync_id: exampleSyncId, rollback_token: exampleSyncId, grade: 'A' },
    grade_reason: 'every system reserves before it commits, and can be undone',
  },
  headers: ['Location', 'Idempotent-Replayed'],
} satisfies Answer;

/** 200 is a dry run, or a sync that ended while `Prefer: wait` lasted. */
export const rehearsedOrEndedAnswer = {
  description: 'With `dry_run`, what the sync would do. With `Prefer: wait`, the sync, which has ended.',
  schema: z.union([rehearsalShape, syncShape]),
  example: rehearsalExample,
  headers: ['Idempotent-Replayed', 'Preference-Applied'],
  sometimes: ['Content-Location', 'ETag', 'Location'],
} satisfies Answer;

/** Why an event is not accepted. */
export const eventProblems = [
  ...(['unknown-event-type', 'payload-invalid', 'plan-impossible', 'sync-undone'] as const),
  'idempotency-key-reused',
] as const;

/** Why a sync, with or without a batch, is not accepted. */
export const syncProblems = [...eventProblems, 'upload-incomplete', 'quota-exceeded'] as const;
