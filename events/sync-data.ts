import * as z from 'zod';
import { directions, grades, states } from './sync-words.ts';

const vote = z.enum(['yes', 'no', 'ongoing', 'unknown']);

/** The data of every sync event: the whole sync without its payload. */
export const syncData = z.object({
  /** The sync's id is its rollback token. */
  sync_id: z.guid(),
  type: z.string(),
  state: z.enum(states),
  decision: z.enum(directions).optional(),
  reason: z.string().optional(),
  grade: z.enum(grades),
  accepted_at: z.iso.datetime(),
  deadline: z.iso.datetime(),
  ended_at: z.iso.datetime().optional(),
  /** From acceptance to the final state. */
  sync_latency_ms: z.int().nonnegative().optional(),
  /** True once an operator has acted on the sync. */
  by_hand: z.boolean(),
  undo_asked_at: z.iso.datetime().optional(),
  /**
   * Digests of the subjects. Two syncs of one type that share a digest concern the same subject.
   */
  subjects: z.array(z.string().regex(/^[0-9a-f]{16}$/)).optional(),
  batch: z.object({ count: z.int(), amount_minor: z.int() }).optional(),
  systems: z.array(
    z.object({
      system: z.string(),
      prepare: vote.optional(),
      commit: vote.optional(),
      rollback: vote.optional(),
      skipped: z.string().optional(),
      last_error: z.string().optional(),
    }),
  ),
});

export type SyncData = z.output<typeof syncData>;
