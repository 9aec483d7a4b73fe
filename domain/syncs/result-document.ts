import * as z from 'zod';
import { phases, type Receipt, type Refused } from '#systems/protocol.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
export const totals = { count, amount_minor: z.int() };
/** `absent`: of a rollback, a chunk of which the system has no record. */
const receipt = z.strictObject({
  ...{ ...totals, chunk: count, first: count, request: z.string(), response: z.string() },
  absent: z.exactOptional(z.literal(true)),
}) satisfies z.ZodType<Receipt>;

/**
 * A stored object of results: what each system of a phase has answered about a batch.
 * `by` marks a system that knows totals only.
 */
export const resultDocument = z.looseObject({
  ...{ sync_id: z.string(), outside_token: z.string() },
  phase: z.enum(phases),
  batch: z.looseObject({ ...totals, digest: hex, root: hex }),
  systems: z.array(
    z.looseObject({
      system: z.string(),
      by: z.exactOptional(z.literal('totals')),
      vote: z.enum(['yes', 'no']),
      reason: z.exactOptional(z.string()),
      totals: z.looseObject(totals),
      receipts: z.array(receipt),
      refused: z.array(z.object({ id: z.string(), reason: z.string() }) satisfies z.ZodType<Refused>),
    }),
  ),
});

export type ResultDocument = z.output<typeof resultDocument>;
