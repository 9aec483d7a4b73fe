/**
 * One line of the ledger, in the words of the audit: when, of which sync, which system, what was done, how it went. `request` and `response` are digests
 * of what was asked and understood. `hash` covers the row and the hash before it, so a row that is changed, dropped or moved breaks the chain.
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
  request?: string;
  response?: string;
  prev: string;
  hash: string;
};
