import { expect, it } from 'vitest';
import { misreadings } from '#test/simulation/wire/votes.ts';
import { replyCases } from './reply-cases.ts';
import { verdictOf } from './reply-oracle.ts';

it('an answer of an outside system, over every combination of its parts, is read by a sync and by a payment as the documentation says', () => {
  const cases = [...replyCases()];
  expect(cases.flatMap(misreadings).slice(0, 3)).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(20_000);
  const counts = Object.groupBy(cases, verdictOf);
  for (const verdict of ['yes', 'no', 'absent', 'ongoing', 'unknown'] as const)
    expect(counts[verdict]?.length, verdict).toBeGreaterThan(100);
  process.stderr.write(`${cases.length} generated replies: 0 misread\n`);
});
