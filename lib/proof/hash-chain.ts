import { createHash } from 'node:crypto';
import { canonical } from '#lib/ids.ts';

/** A row of a chain: `hash` covers the rest of the row, and with `prev` the row before it. */
export type Link = { seq: number; prev: string; hash: string };

export const noHash = '0'.repeat(64);

/** SHA-256 over the canonical JSON of a row without its own hash. */
export const hashOf = ({ hash: _, ...row }: { hash?: string; [field: string]: unknown }): string =>
  createHash('sha256').update(canonical(row)).digest('hex');

/** The first row that does not follow from the one before it; undefined for an unbroken chain. */
export function brokenAt<T extends Link>(rows: T[]): T | undefined {
  return rows.find(
    (row, i) => row.hash !== hashOf(row) || row.prev !== (rows[i - 1]?.hash ?? noHash) || row.seq !== i + 1,
  );
}
