import type { LedgerRow as Row } from '#events/ledger-row.ts';
import { hashOf } from '#lib/proof/hash-chain.ts';
import { rfc3339 } from '#lib/rfc3339.ts';

export type { Row };
/** A row as a reducer writes it: the chain adds its number, time, sync and hashes. */
export type NewRow = Omit<Row, 'seq' | 'time' | 'event_id' | 'attempt' | 'prev' | 'hash'> & {
  attempt?: number;
};
export { brokenAt, hashOf, noHash } from '#lib/proof/hash-chain.ts';

type Chain = { syncId: string; seq: number; head: string; rows: Row[] };

/** The same chain with these rows behind its last. Time is that of the write which records them. */
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
