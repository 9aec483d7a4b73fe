/** Whose word a row is, where it is no answer to a call: `system` by its hook, an `operator` or a `publisher` with the id of a key. */
export type RowBy = { role: 'system' | 'operator' | 'publisher'; key?: string };
/** The batch that a row is about: how many items, their sum in minor units, and the root of the Merkle tree over them. */
export type RowBatch = { count: number; amount_minor: number; root: string };

/**
 * One line of the ledger, in the words of the audit: when, of which sync, which system, what was done, how it went. `request` and `response` are digests
 * of what was asked and understood, `object` is the digest of a stored object of results. `detail` is a sentence for eyes; no code reads it. `hash` covers the row and the hash before it, so a row that is changed, dropped or moved breaks the chain.
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
