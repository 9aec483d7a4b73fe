import { checkpointText, leafOfHead, readCheckpoint } from '#domain/syncs/evidence/checkpoint.ts';
import type { Bundle, BundleRow } from '#domain/syncs/evidence/verify/bundle.ts';
import { hashOf } from '#lib/proof/hash-chain.ts';

const rowOf = (bundle: Bundle, system: string, action: string): BundleRow =>
  bundle.rows.find((row) => row.system === system && row.action === action)!;
/** Hashes all rows from this one on again, as a skilled forger would. */
export function rehash(bundle: Bundle, from: number): void {
  for (const [i, row] of bundle.rows.entries()) {
    if (i + 1 < from) continue;
    if (i + 1 > from) row.prev = bundle.rows[i - 1]!.hash;
    row.hash = hashOf(row);
  }
}
/** The name of a tampering, the change, and the verifier's verdict. */
export type Tampering = [what: string, tamper: (bundle: Bundle) => void, fault: RegExp];

/** Each verdict names the first row, receipt or item that is wrong. */
export const rowTamperings: Tampering[] = [
  [
    'a word of a row changed',
    (b) => void Object.assign(rowOf(b, 'cheques', 'commit'), { result: 'refused' }),
    /^Row 10 \(cheques commit\) was changed: its words/,
  ],
  [
    'a time changed',
    (b) => void Object.assign(b.rows[0]!, { time: '2027-01-15T07:59:00.000Z' }),
    /^Row 1 \(lockstep accept\) was changed/,
  ],
  [
    'a field added',
    (b) => void Object.assign(b.rows[5]!, { detail: 'by hand' }),
    /^Row 6 \(cheques prepare\) was changed/,
  ],
  [
    'a row dropped',
    (b) => void b.rows.splice(4, 1),
    /^Row 5 was dropped: row 6 \(cheques prepare\) stands in its place\.$/,
  ],
  ['the first row dropped', (b) => void b.rows.splice(0, 1), /^Row 1 was dropped/],
  [
    'two rows swapped',
    (b) => void b.rows.splice(4, 2, b.rows[5]!, b.rows[4]!),
    /^Row 5 \(debit prepare\) was swapped: row 6/,
  ],
  [
    'a row there twice',
    (b) => void b.rows.splice(4, 0, b.rows[2]!),
    /^Row 3 \(cheques policy\) is there twice/,
  ],
  [
    'rows swapped and numbered anew',
    (b) => {
      b.rows.splice(4, 2, { ...b.rows[5]!, seq: 5 }, { ...b.rows[4]!, seq: 6 });
    },
    /^Row 5 \(cheques prepare\) was changed/,
  ],
  [
    'one row changed and given a new hash',
    (b) => {
      const row = rowOf(b, 'dashboard', 'prepare');
      Object.assign(row, { result: 'refused', hash: hashOf({ ...row, result: 'refused' }) });
    },
    /^Row 7 \(dashboard prepare\) was changed and given a new hash: row 8 \(lockstep results\), which is signed/,
  ],
  [
    'the last row changed and given a new hash',
    (b) => {
      const row = b.rows.at(-1)!;
      Object.assign(row, { result: 'success', hash: hashOf({ ...row, result: 'success' }) });
    },
    /^Row 17 \(lockstep sync\) is not the one that was signed/,
  ],
  [
    'a row changed and all behind it hashed anew',
    (b) => {
      rowOf(b, 'debit', 'commit').result = 'refused';
      rehash(b, rowOf(b, 'debit', 'commit').seq);
    },
    /^Row 17 \(lockstep sync\) is not the one that was signed: it, or one before it/,
  ],
  [
    'the same with a head that fits',
    (b) => {
      rehash(b, 9);
      b.rows[8]!.result = 'refused';
      rehash(b, 9);
      b.checkpoint!.head.head = b.rows.at(-1)!.hash;
    },
    /^The head of row 17 is not in checkpoint 4/,
  ],
  [
    'the same with a checkpoint that fits',
    (b) => {
      b.rows[8]!.result = 'refused';
      rehash(b, 9);
      const { head } = b.checkpoint!;
      head.head = b.rows.at(-1)!.hash;
      const said = readCheckpoint(b.checkpoint!.text)!;
      Object.assign(b.checkpoint!, {
        text: checkpointText({ ...said, leaves: 1, root: leafOfHead(head).toString('hex') }),
        index: 0,
        path: [],
      });
    },
    /^The signature of checkpoint 4 is not good/,
  ],
  [
    'a list that was cut',
    (b) => void b.rows.splice(-2),
    /^Row 16 was cut off: checkpoint 4 knows rows up to 17\.$/,
  ],
  [
    'no checkpoint',
    (b) => void delete b.checkpoint,
    /^The checkpoint was dropped: the bundle says that 17 rows are covered/,
  ],
  [
    'a signature changed',
    (b) => void Object.assign(b.checkpoint!, { signature: `A${b.checkpoint!.signature.slice(1)}` }),
    /^The signature of checkpoint 4 is not good/,
  ],
  [
    'a signature that is none',
    (b) => void Object.assign(b.checkpoint!, { signature: '' }),
    /^The signature of checkpoint 4 is not good/,
  ],
  [
    'the outside token of another sync',
    (b) => void Object.assign(b, { outside_token: 'a0000000-0000-5000-8000-000000000000' }),
    /^Checkpoint 4 vouches for another sync/,
  ],
  [
    'another sync’s name',
    (b) => void Object.assign(b, { sync_id: 'c9c1e0aa-0000-4000-8000-000000000002' }),
    /^Row 1 \(lockstep accept\) is of another sync/,
  ],
  [
    'rows said to be covered that are not',
    (b) => void Object.assign(b, { covered_rows: 99 }),
    /^The bundle says that 99 rows are covered/,
  ],
];
