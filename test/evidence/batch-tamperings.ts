import { createHash } from 'node:crypto';
import type { Bundle } from '#domain/syncs/evidence/verify/bundle.ts';
import { canonical } from '#lib/ids.ts';
import { rehash, type Tampering } from './row-tamperings.ts';

/** Changes a result object, but not the digest that names it. */
function changeResults(
  bundle: Bundle,
  index: number,
  edit: (document: { systems: { receipts: { first: number; count: number }[] }[] }) => void,
): void {
  const result = bundle.batch!.results[index]!;
  const document = JSON.parse(result.text!);
  edit(document);
  result.text = canonical(document);
}

/** Tamperings of the results, the batch, an item and the bundle itself. */
export const batchTamperings: Tampering[] = [
  [
    'a receipt changed',
    (b) => changeResults(b, 0, ({ systems }) => void Object.assign(systems[0]!.receipts[1]!, { count: 499 })),
    /^The results of commit \(row 8\) were changed/,
  ],
  [
    'a receipt changed, and its digest',
    (b) => {
      changeResults(b, 0, ({ systems }) => void systems[0]!.receipts.pop());
      b.batch!.results[0]!.digest = createHash('sha256').update(b.batch!.results[0]!.text!).digest('hex');
    },
    /^The results of commit \(row 8\) were exchanged for others/,
  ],
  ['results dropped', (b) => void b.batch!.results.pop(), /^The results of rollback \(row 13\) were dropped/],
  [
    'results swapped',
    (b) => void b.batch!.results.reverse(),
    /^The results of commit \(row 8\) were exchanged/,
  ],
  [
    'results without their text',
    (b) => void delete b.batch!.results[1]!.text,
    /^The results of rollback \(row 13\) are not in the bundle/,
  ],
  ['results added', (b) => void b.batch!.results.push(b.batch!.results[1]!), /were added: no row names them/],
  [
    'another sum',
    (b) => void Object.assign(b.batch!, { amount_minor: b.batch!.amount_minor + 1 }),
    /^The batch was exchanged/,
  ],
  [
    'another root',
    (b) => void Object.assign(b.batch!, { root: 'ab'.repeat(32) }),
    /^The batch was exchanged/,
  ],
  [
    'another digest',
    (b) => void Object.assign(b.batch!, { digest: 'ab'.repeat(32) }),
    /are of another batch, or of another sync/,
  ],
  ['no batch', (b) => void delete b.batch, /^The batch was dropped/],
  [
    'an item changed',
    (b) => void Object.assign(b.item!.item, { amount_minor: 1 }),
    /^Item P777 was changed, or is not number 778/,
  ],
  [
    'an item in another place',
    (b) => void Object.assign(b.item!, { index: 778 }),
    /^Item P777 was changed, or is not number 779/,
  ],
  ['an item with another path', (b) => void b.item!.path.pop(), /^Item P777 was changed/],
  [
    'another format',
    (b) => void Object.assign(b, { version: 3 }),
    /^This bundle has format 3, and this verifier reads format 2: nothing was checked/,
  ],
  [
    'totals of row 1 changed',
    (b) => {
      b.rows[0]!.batch!.count += 1;
      rehash(b, 1);
    },
    /^Row 17 \(lockstep sync\) is not the one that was signed/,
  ],
  ['an unknown field', (b) => void Object.assign(b, { verdict: 'good' }), /^This is no bundle of evidence/],
];
