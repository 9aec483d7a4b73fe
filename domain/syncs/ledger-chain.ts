import type { LedgerRow as Row } from '#events/ledger-row.ts';
import { hashOf } from '#lib/proof/hash-chain.ts';
import { rfc3339 } from '#lib/rfc3339.ts';

export type { Row };
/** A row as a reducer writes it; `chained` adds number, time, sync and hashes. */
export type NewRow = Omit<Row, 'seq' | 'time' | 'event_id' | 'attempt' | 'prev' | 'hash'> & {
  attempt?: number;
};
export { brokenAt, hashOf, noHash } from '#lib/proof/hash-chain.ts';

type Chain = { syncId: string; seq: number; head: string; rows: Row[] };

/** Appends rows to the chain, with the time of the write that records them. */
export function chained<T extends Chain>(sync: T, at: number, told: NewRow[]): T {
  let { seq, head } = sync;
  const rows = told.map(({ attempt = 1, ...row }) => {
    seq += 1;
    const bare = { seq, time: rfc3339(at), event_id: sync.syncId, attempt, ...row, prev: head };
    head = hashOf(bare);
    return { ...bare, hash: head };
  });
  return { ...sync, seq, head, rows: [...sync.rows, ...rows] };
}
