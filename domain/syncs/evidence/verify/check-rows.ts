import { hashOf, noHash } from '#lib/proof/hash-chain.ts';
import type { BundleRow } from './bundle.ts';
import { type EvidenceCheck, Fault } from './fault.ts';

/** A row as a message names it. */
export const rowName = ({ seq, system, action }: BundleRow): string => `row ${seq} (${system} ${action})`;

/**
 * Each row has its own hash, the next number and the hash of the row before; all are of this sync.
 */
export const checkRows: EvidenceCheck = ({ rows, sync_id, checkpoint }) => {
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1];
    if (row.seq !== i + 1) throw outOfTurn(rows, i);
    if (row.hash !== hashOf(row))
      throw new Fault(`${rowName(row)} was changed: its hash does not match its content`);
    if (row.prev !== (before?.hash ?? noHash)) throw notBehind(rows, i, checkpoint?.head);
    if (row.event_id !== sync_id) throw new Fault(`${rowName(row)} is of another sync, ${row.event_id}`);
  }
  return `${rows.length} rows, each chained to the one before it`;
};

function outOfTurn(rows: BundleRow[], i: number): Fault {
  const [row, due] = [rows[i]!, i + 1];
  const elsewhere = rows.find(({ seq }) => seq === due);
  if (rows.findIndex(({ seq }) => seq === row.seq) < i) return new Fault(`${rowName(row)} is there twice`);
  if (elsewhere) return new Fault(`${rowName(elsewhere)} was swapped: ${rowName(row)} stands in its place`);
  return new Fault(`row ${due} was dropped: ${rowName(row)} stands in its place`);
}

/**
 * Two rows do not fit. If all later rows lead to the signed hash, the first of the two was
 * changed.
 */
function notBehind(rows: BundleRow[], i: number, head: { seq: number; head: string } | undefined): Fault {
  const behind = rows.slice(i, head?.seq ?? i);
  const follows = behind.every(
    (row, at) => row.hash === hashOf(row) && (at === 0 || row.prev === behind[at - 1]?.hash),
  );
  const before = rows[i - 1];
  if (before && follows && behind.at(-1)?.hash === head?.head)
    return new Fault(
      `${rowName(before)} was changed and given a new hash: ${rowName(rows[i]!)}, which is signed, does not follow from it`,
    );
  return new Fault(
    `${rowName(rows[i]!)} was changed and given a new hash: it does not follow from the one before it`,
  );
}
