import { expect, it } from 'vitest';
import type { BundleRow } from '#domain/syncs/evidence/verify/bundle.ts';
import { type Answered, itemStory, storyInWords } from '#domain/syncs/evidence/verify/item-story.ts';

const receipt = { chunk: 0, first: 0, count: 10, amount_minor: 1, request: '', response: '' };
const answered = (seq: number, phase: string, vote: 'yes' | 'no', receipts: object[] = [receipt]) =>
  ({ seq, phase, systems: [{ system: 'cheques', vote, receipts, totals: {} }] }) as unknown as Answered;
const row = (seq: number, action: string, more: object = {}) =>
  ({ seq, system: 'cheques', action, result: 'success', ...more }) as unknown as BundleRow;
const told = (documents: Answered[], rows: BundleRow[]) => storyInWords(itemStory(documents, rows, 3));

it('tells a reversal that was learnt without a receipt as that', () => {
  expect(told([answered(1, 'commit', 'yes')], [row(2, 'commit'), row(3, 'rollback')])).toBe(
    'cheques: loaded once, reversed without a receipt',
  );
  expect(
    told(
      [],
      [
        row(2, 'commit', { by: { role: 'operator', key: 'ann' } }),
        row(3, 'rollback', { by: { role: 'system' } }),
      ],
    ),
  ).toBe(
    'cheques: loaded without a receipt (by an operator, key ann), reversed without a receipt (by its hook)',
  );
});

it('calls released what was only prepared, and does not say of it that it was reversed', () => {
  expect(told([answered(1, 'rollback', 'yes')], [row(2, 'rollback')])).toBe(
    'cheques: not loaded, released once',
  );
});

it('keeps a yes for ever, whoever refuses afterwards', () => {
  const late = row(4, 'commit', { result: 'refused' });
  expect(
    told([answered(1, 'commit', 'yes'), answered(3, 'commit', 'no', [])], [row(2, 'commit'), late]),
  ).toBe('cheques: loaded once, not reversed');
});

it('takes nothing for reversed of which a system has never heard, nor what was rolled back before its yes', () => {
  const never = answered(3, 'rollback', 'no', [{ ...receipt, absent: true }]);
  expect(told([answered(1, 'commit', 'yes'), never], [row(2, 'commit')])).toBe(
    'cheques: loaded once, not reversed, it has no record of it',
  );
  const [before, yes] = [answered(1, 'rollback', 'yes'), answered(3, 'commit', 'yes')];
  expect(told([before, yes], [row(2, 'rollback'), row(4, 'commit')])).toBe(
    'cheques: loaded once, not reversed',
  );
  const again = answered(5, 'rollback', 'yes');
  expect(told([before, yes, again], [row(2, 'rollback'), row(4, 'commit'), row(6, 'rollback')])).toBe(
    'cheques: loaded once, reversed once',
  );
});

it('says which items a refusal in the middle had done before', () => {
  expect(told([answered(1, 'commit', 'no')], [row(2, 'commit', { result: 'refused' })])).toBe(
    'cheques: loaded once, not reversed',
  );
});

it('does not say of who knows only totals that it has loaded an item', () => {
  const ofTotals = (seq: number, phase: string) => {
    const one = answered(seq, phase, 'yes');
    return { ...one, systems: one.systems.map((system) => ({ ...system, by: 'totals' as const })) };
  };
  const commit = ofTotals(1, 'commit');
  expect(told([commit], [row(2, 'commit')])).toBe('cheques: counted in its totals, not removed from them');
  expect(told([commit, ofTotals(3, 'rollback')], [row(2, 'commit'), row(4, 'rollback')])).toBe(
    'cheques: counted in its totals, removed from them',
  );
});
