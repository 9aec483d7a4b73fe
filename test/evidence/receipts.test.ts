import { describe, expect, it } from 'vitest';
import { checkBundle } from '#domain/syncs/evidence/verify/check-bundle.ts';
import type { Phase, Receipt } from '#systems/protocol.ts';
import { receiptsOf } from './batch-sync.ts';
import { undoneBatch } from './evidence-world.ts';

/** A valid, signed bundle of a batch that debit has committed with these receipts. */
async function bundleOf(edit: (receipts: Receipt[]) => Receipt[]) {
  const receipts = (system: string, phase: Phase) => {
    const whole = receiptsOf(system, phase);
    return system === 'debit' && phase === 'commit' ? edit(whole) : whole;
  };
  return (await undoneBatch(receipts)).show('P777');
}

describe('a bundle whose signed receipts are wrong', () => {
  it.each<[string, (receipts: Receipt[]) => Receipt[], RegExp]>([
    [
      'has an item twice',
      ([a, b, c]) => [a!, { ...b!, first: 499 }, c!],
      /^Receipt 1 of debit's commit covers items that another receipt has: from 500, not from 501\./,
    ],
    [
      'has a slice twice',
      ([a, b, c]) => [a!, b!, { ...b!, chunk: 9 }, c!],
      /^Receipt 9 of debit's commit covers items that another/,
    ],
    [
      'lacks a slice in the middle',
      ([a, , c]) => [a!, c!],
      /^Receipt 2 of debit's commit leaves a gap: items 501 to 1,000 are in none\./,
    ],
    [
      'lacks its end',
      ([a, b]) => [a!, b!],
      /^Debit's commit comes to 1,000 items and [\d,]+, not to 1,234 and [\d,]+\./,
    ],
    [
      'goes beyond the batch',
      ([a, b, c]) => [a!, b!, { ...c!, count: 235 }],
      /^Receipt 2 of debit's commit goes beyond the batch of 1,234\./,
    ],
    [
      'comes to another sum',
      ([a, b, c]) => [a!, b!, { ...c!, amount_minor: 1 }],
      /^Debit's commit comes to 1,234 items and [\d,]+, not to/,
    ],
    ['is nothing', () => [], /^Debit's commit comes to 0 items and 0, not to 1,234/],
  ])('fails verification where a system’s answer %s', async (_, edit, fault) => {
    expect(checkBundle(await bundleOf(edit)).fault).toMatch(fault);
  });

  it('verifies with its receipts in any order', async () => {
    expect(checkBundle(await bundleOf((receipts) => receipts.toReversed()))).toMatchObject({ good: true });
  });
});
