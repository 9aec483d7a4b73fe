import * as z from 'zod';
import { phases } from '#systems/protocol.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const totals = { count, amount_minor: z.int() };
/** `absent`: of a rollback, a chunk that the system has never heard of. */
const receipt = z.strictObject({
  ...{ ...totals, chunk: count, first: count, request: z.string(), response: z.string() },
  absent: z.literal(true).optional(),
});

/** A row of the ledger. Its hash covers every field, so an added one is detected too. */
const row = z.looseObject({
  ...{
    seq: z.int(),
    time: z.string(),
    event_id: z.string(),
    system: z.string(),
    action: z.string(),
    result: z.string(),
  },
  ...{
    detail: z.string().optional(),
    by: z
      .strictObject({ role: z.enum(['system', 'operator', 'publisher']), key: z.string().optional() })
      .optional(),
    batch: z.strictObject({ ...totals, root: z.string() }).optional(),
    object: z.string().optional(),
    request: z.string().optional(),
    response: z.string().optional(),
    prev: z.string(),
    hash: z.string(),
  },
});

/** The signed checkpoint, and the path from the rows to it. */
const checkpoint = z.strictObject({
  text: z.string(),
  signature: z.base64(),
  key: z.string(),
  head: z.strictObject({ outside_token: z.string(), seq: z.int().min(1), head: hex }),
  index: count,
  path: z.array(hex),
});

/** A results object as stored: `text` is the object, byte for byte. */
const result = z.strictObject({
  phase: z.enum(phases),
  digest: hex,
  text: z.string().optional(),
});
const batch = z.strictObject({ ...totals, digest: hex, root: hex, results: z.array(result) });
const item = z.strictObject({
  item: z.looseObject({ id: z.string(), amount_minor: z.int() }),
  index: count,
  path: z.array(hex),
});

/**
 * Rises with every change to rows, heads or results: an older bundle needs the verifier of its
 * time.
 */
export const formatVersion = 2;

/** The evidence of one sync, verifiable offline. docs/evidence.md says how. */
export const bundle = z.strictObject({
  format: z.literal('lockstep-evidence'),
  version: z.literal(formatVersion),
  sync_id: z.string(),
  outside_token: z.string(),
  rows: z.array(row).min(1),
  /** The rows that the checkpoint covers. */
  covered_rows: count,
  checkpoint: checkpoint.optional(),
  batch: batch.optional(),
  item: item.optional(),
});

/** A results object, as far as it is checked. */
export const resultDocument = z.looseObject({
  ...{ sync_id: z.string(), outside_token: z.string(), phase: z.string() },
  batch: z.looseObject({ ...totals, digest: hex, root: hex }),
  systems: z.array(
    z.looseObject({
      system: z.string(),
      by: z.literal('totals').optional(),
      vote: z.enum(['yes', 'no']),
      totals: z.looseObject(totals),
      receipts: z.array(receipt),
    }),
  ),
});

export type Bundle = z.output<typeof bundle>;
export type BundleRow = z.output<typeof row>;
export type ResultDocument = z.output<typeof resultDocument>;
export type BundleReceipt = z.output<typeof receipt>;
