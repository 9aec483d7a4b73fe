import { expect, it } from 'vitest';
import type { BundleRow } from '#domain/syncs/evidence/verify/bundle.ts';
import { type Answered, itemStory, storyInWords } from '#domain/syncs/evidence/verify/item-story.ts';

const receipt = { chunk: 0, first: 0, count: 10, amount_minor: 1, request: '', response: '' };
const answered = (seq: number, phase: string, vote: 'yes' | 'no', receipts: object[] = [receipt]) =>
  ({ seq, phase, systems: [{ system: 'cheques', vote, receipts, totals: {} }] }) as unknown as Answered;
const row = (seq: number, action: string, more: object = {}) =>
  ({ seq, system: 'cheques', action, result: 'success', ...more }) as unknown as BundleRow;
const wordsOf = (documents: Answered[], rows: BundleRow[]) => storyInWords(itemStory(documents, rows, 3));

it('an item’s story reports a reversal without a receipt, and who reported it', () => {
  expect(wordsOf([answered(1, 'commit', 'yes')], [row(2, 'commit'), row(3, 'rollback')])).toBe(
    'cheques: loaded once, reversed without a receipt',
  );
  expect(
    wordsOf(
      [],
      [
        row(2, 'commit', { by: { role: 'operator', key: 'ann' } }),
        row(3, 'rollback', { by: { role: 'system' } }),
      ],
    ),
  ).toBe(
    'cheques: loaded without a receipt (by the word of an operator, ann), reversed without a receipt (by its hook)',
  );
});

it('an item’s story says released, not reversed, for an item that was only prepared', () => {
  expect(wordsOf([answered(1, 'rollback', 'yes')], [row(2, 'rollback')])).toBe(
    'cheques: not loaded, released once',
  );
});

it('an item’s story keeps a commit after a later refusal', () => {
  const late = row(4, 'commit', { result: 'refused' });
  expect(
    wordsOf([answered(1, 'commit', 'yes'), answered(3, 'commit', 'no', [])], [row(2, 'commit'), late]),
  ).toBe('cheques: loaded once, not reversed');
});

it('an item’s story counts a rollback only when it follows the commit and the system knew of it', () => {
  const never = answered(3, 'rollback', 'no', [{ ...receipt, absent: true }]);
  expect(wordsOf([answered(1, 'commit', 'yes'), never], [row(2, 'commit')])).toBe(
    'cheques: loaded once, not reversed, it has never heard of it',
  );
  const [before, yes] = [answered(1, 'rollback', 'yes'), answered(3, 'commit', 'yes')];
  expect(wordsOf([before, yes], [row(2, 'rollback'), row(4, 'commit')])).toBe(
    'cheques: loaded once, not reversed',
  );
  const again = answered(5, 'rollback', 'yes');
  expect(wordsOf([before, yes, again], [row(2, 'rollback'), row(4, 'commit'), row(6, 'rollback')])).toBe(
    'cheques: loaded once, reversed once',
  );
});

it('an item’s story includes chunks that were committed before a refusal', () => {
  expect(wordsOf([answered(1, 'commit', 'no')], [row(2, 'commit', { result: 'refused' })])).toBe(
    'cheques: loaded once, not reversed',
  );
});

it('an item’s story does not say loaded for a system that knows only totals', () => {
  const ofTotals = (seq: number, phase: string) => {
    const one = answered(seq, phase, 'yes');
    return { ...one, systems: one.systems.map((system) => ({ ...system, by: 'totals' as const })) };
  };
  const commit = ofTotals(1, 'commit');
  expect(wordsOf([commit], [row(2, 'commit')])).toBe('cheques: counted in its totals, not taken out of them');
  expect(wordsOf([commit, ofTotals(3, 'rollback')], [row(2, 'commit'), row(4, 'rollback')])).toBe(
    'cheques: counted in its totals, taken out of them',
  );
});
