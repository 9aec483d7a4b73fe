import { expect, it } from 'vitest';
import { isLong } from '#test/long.ts';
import { lookAt } from '#test/simulation/engine/simulator.ts';
import { simulator } from '#test/simulation/wire/replies.ts';

const replies = isLong ? 20_000 : 1_500;

it('an answer is read in each encoding and in several at once, within its limit, or it is an outage with a reason', async () => {
  const { sum, violations } = await lookAt(simulator, replies);
  expect(violations).toEqual([]);
  expect(sum.encoded).toBeGreaterThan(0.5 * replies);
  expect(sum.outages).toBeLessThan(0.8 * replies);
  process.stderr.write(
    `${sum.replies} replies, ${sum.encoded} encoded, ${sum.outages} of no use; 0 violations\n`,
  );
});
