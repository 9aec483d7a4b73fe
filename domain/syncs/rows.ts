import { createHash } from 'node:crypto';
import { canonical } from '#lib/ids.ts';

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
type Chain = { token: string; seq: number; head: string; rows: Row[] };

export const noHash = '0'.repeat(64);

/** SHA-256 over the canonical JSON of a row without its own hash. */
export const hashOf = ({ hash: _, ...row }: Omit<Row, 'hash'> & { hash?: string }): string =>
  createHash('sha256').update(canonical(row)).digest('hex');

/** The same chain with these rows behind its last. Time is that of the write which records them. */
export function chained<T extends Chain>(sync: T, at: number, told: Told[]): T {
  let { seq, head } = sync;
  const rows = told.map(({ attempt = 1, ...row }) => {
    seq += 1;
    const bare = { seq, time: new Date(at).toISOString(), event_id: sync.token, attempt, ...row, prev: head };
    head = hashOf(bare);
    return { ...bare, hash: head };
  });
  return { ...sync, seq, head, rows: [...sync.rows, ...rows] };
}

/** The first row that does not follow from the one before it; undefined for a whole chain. */
export function brokenAt(rows: Row[]): Row | undefined {
  return rows.find((row, i) => row.hash !== hashOf(row) || row.prev !== (rows[i - 1]?.hash ?? noHash) || row.seq !== i + 1);
}
