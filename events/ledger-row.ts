/**
 * The author of a row that is no answer to a call: a `system` by its hook, or an `operator` or
 * `publisher` with the id of its key.
 */
export type RowBy = { role: 'system' | 'operator' | 'publisher'; key?: string };
/** A row's batch: item count, sum in minor units, and the Merkle root over the items. */
export type RowBatch = { count: number; amount_minor: number; root: string };

/**
 * One row of the audit ledger.
 * `request` and `response` are digests of what was asked and understood, `object` is the digest of
 * a stored object of results; `detail` is for readers, no code reads it.
 * `hash` covers the row and the hash before it: changing, dropping or moving a row breaks the
 * chain.
 */
export type LedgerRow = {
  seq: number;
  time: string;
  event_id: string;
  system: string;
  action: string;
  result: string;
  attempt: number;
  detail?: string;
  by?: RowBy;
  batch?: RowBatch;
  object?: string;
  request?: string;
  response?: string;
  prev: string;
  hash: string;
};
