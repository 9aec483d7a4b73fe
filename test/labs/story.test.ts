import { expect, it } from 'vitest';
import { counted } from '#examples/labs/payments.ts';
import { quiet, story } from '#examples/labs/story.ts';

const capturedStory = () => {
  const lines: string[] = [];
  return { lines, story: story((line) => lines.push(line)) };
};

it('a lab’s claims and rows wrap at 80 columns, and their further lines are indented', () => {
  const { lines, story } = capturedStory();
  story.claim('word '.repeat(30).trim(), true);
  story.row('debit', 'word '.repeat(30).trim());
  expect(lines).toHaveLength(6);
  for (const line of lines) expect(line.length).toBeLessThan(80);
  expect(lines[1]).toMatch(/^ {5}word/);
  expect([lines[3]?.slice(0, 18), lines[4]?.slice(0, 18)]).toEqual([
    '   debit      word',
    '              word',
  ]);
});

it('a quiet lab prints broken claims only', () => {
  const { lines, story } = capturedStory();
  const inQuiet = quiet(story);
  inQuiet.chapter('a chapter');
  inQuiet.tell('a word');
  inQuiet.show('a line');
  inQuiet.row('debit', 'a row');
  inQuiet.claim('kept', true);
  expect(lines).toEqual([]);
  inQuiet.claim('not kept', false, 7);
  expect([lines.length, story.outcome()]).toEqual([2, { claims: 1, broken: ['not kept'] }]);
});

it.each([
  ['1 payment', 1],
  ['0 payments', 0],
  ['30,000 payments', 30_000],
])('counts are written as %s', (words, count) => expect(counted(count, 'payment')).toBe(words));
