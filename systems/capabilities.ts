import * as z from 'zod';

/** What a system promises, and so how a sync goes with it. */
export const capabilities = z.strictObject({
  /** The strength of a yes to prepare: reserved, only checked, or not asked. */
  prepare: z.enum(['reserve', 'dry-run', 'none']).default('none'),
  /** How a commit is undone: exactly, by an opposite entry, or not at all. */
  undo: z.enum(['inverse', 'compensate', 'none']).default('none'),
  /** The system can be asked for the state of a token. */
  query: z.boolean().default(false),
  /** How the system detects a repeat. */
  idempotent: z.enum(['native-key', 'dedupable', 'none']),
  /** The system remembers the rollback of an unseen token and refuses the late original. */
  tombstone: z.boolean(),
  /** How long after a commit it can be undone; for ever by default. */
  undoWindowSeconds: z.int().min(1).optional(),
  /** How long after an abandoned call it may still take effect at the system. */
  settlesWithinMs: z.int().min(0).default(10_000),
});
