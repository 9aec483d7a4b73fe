import { expect, it } from 'vitest';
import { framingRuns, simulator } from '#test/simulation/wire/framing.ts';

it('every method, with every kind of body and without, is read by a server of bytes as it was sent: the next request begins where its length ends', async () => {
  const sum = simulator.emptyTally();
  const violations: string[] = [];
  for (let seed = 1; seed <= framingRuns; seed++) {
    const seen = await simulator.history(seed);
    simulator.tally(sum, seen);
    violations.push(...seen.violations);
  }
  expect(violations).toEqual([]);
  expect(sum.requests).toBe(2 * framingRuns);
  process.stderr.write(
    `${sum.requests} requests on ${framingRuns} runs, ${sum.bytes} bytes of bodies; 0 violations\n`,
  );
});
