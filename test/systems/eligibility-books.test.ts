import { expect, it } from 'vitest';
import { eligibilityBooks } from '#examples/systems/eligibility-books.ts';

const clock = { now: () => 1_000 };

it('the eligibility service finds everyone eligible unless told otherwise', () => {
  const books = eligibilityBooks({ clock });
  expect(books.check('k1', { slot: 7 })).toEqual({ eligible: true });
  expect(books.refuse('k2', { slot: 7 })).toEqual({ eligible: false });
});

it('the eligibility service follows its rule', () => {
  const books = eligibilityBooks({ clock, rule: (slot) => slot !== 13 });
  expect(books.check('k1', { slot: 13 })).toEqual({ eligible: false });
  expect(books.check('k2', { slot: 14 })).toEqual({ eligible: true });
});

it('the eligibility service keeps its answer to a key', () => {
  const books = eligibilityBooks({ clock });
  books.check('yes', { slot: 7 });
  books.refuse('no', { slot: 7 });
  expect(books.refuse('yes', { slot: 7 })).toEqual({ eligible: true });
  expect(books.check('no', { slot: 7 })).toEqual({ eligible: false });
  expect(books.entries()).toEqual([
    { key: 'yes', slot: 7, eligible: true, calls: [{ at: 1_000 }, { at: 1_000 }] },
    { key: 'no', slot: 7, eligible: false, calls: [{ at: 1_000 }, { at: 1_000 }] },
  ]);
});
