import { hashOf } from '#lib/hash-chain.ts';
import { rfc3339 } from '#lib/rfc3339.ts';

/**
 * One line of the ledger, in the words of the audit: when, of which sync, which system, what was done, how it went. `request` and `response` are digests
 * of what was sent and received. `hash` covers the row and the hash before it, so a row that is changed, dropped or moved breaks the chain.
 */
export type Row = {
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
export type Told = {
  system: string;
  action: string;
  result: string;
  attempt?: number;
  detail?: string;
  request?: string;
  response?: string;
};
export { brokenAt, hashOf, noHash } from '#lib/hash-chain.ts';

type Chain = { token: string; seq: number; head: string; rows: Row[] };

/** The same chain with these rows behind its last. Time is that of the write which records them. */
export function chained<T extends Chain>(sync: T, at: number, told: Told[]): T {
  let { seq, head } = sync;
  const rows = told.map(({ attempt = 1, ...row }) => {
    seq += 1;
    const bare = { seq, time: rfc3339(at), event_id: sync.token, attempt, ...row, prev: head };
    head = hashOf(bare);
    return { ...bare, hash: head };
  });
  return { ...sync, seq, head, rows: [...sync.rows, ...rows] };
}
