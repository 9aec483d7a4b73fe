import * as z from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * The author of a row that is no answer to a call: a `system` by its hook, or an `operator` or
 * `publisher` with the id of its key.
 */
const by = z.strictObject({
  role: z.enum(['system', 'operator', 'publisher']),
  key: z.exactOptional(z.string()),
});
/** A row's batch: item count, sum in minor units, and the Merkle root over the items. */
const batch = z.strictObject({ count: z.int(), amount_minor: z.int(), root: hash });

/**
 * One row of the audit ledger.
 * `request` and `response` are digests of what was asked and understood, `object` is the digest of
 * a stored object of results; `detail` is for readers, no code reads it.
 * `hash` covers the row and the hash before it: changing, dropping or moving a row breaks the
 * chain.
 */
export const ledgerRow = z.object({
  time: z.iso.datetime(),
  event_id: z.guid(),
  system: z.string(),
  action: z.string(),
  result: z.string(),
  attempt: z.int(),
  detail: z.exactOptional(z.string()).meta({ description: 'For people: no program should read it.' }),
  by: z.exactOptional(by),
  batch: z.exactOptional(batch),
  object: z.exactOptional(z.string()),
  request: z.exactOptional(z.string()),
  response: z.exactOptional(z.string()),
  seq: z.int().positive(),
  prev: hash,
  hash,
});

export type LedgerRow = z.output<typeof ledgerRow>;
