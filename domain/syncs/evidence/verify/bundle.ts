import * as z from 'zod';
import { totals } from '#domain/syncs/result-document.ts';
import { ledgerRow } from '#events/ledger-row.ts';
import { phases } from '#systems/protocol.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const text = z.string();

/**
 * A row of the ledger, read as it is: its hash covers every field, so a changed or added one is
 * detected there.
 */
const row = z.looseObject({
  ...ledgerRow.shape,
  ...{ seq: z.int(), time: text, event_id: text, prev: text, hash: text },
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

export type Bundle = z.output<typeof bundle>;
export type BundleRow = z.output<typeof row>;
