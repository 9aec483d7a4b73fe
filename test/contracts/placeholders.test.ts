import { expect, it } from 'vitest';
import { isLong } from '#test/long.ts';
import { lookAt } from '#test/simulation/engine/simulator.ts';
import { simulator } from '#test/simulation/wire/placeholders.ts';

const manifests = isLong ? 50_000 : 5_000;

it('a manifest is accepted exactly where every placeholder has a value in its phase, and then sends that value', async () => {
  const { sum, violations } = await lookAt(simulator, manifests);
  expect(violations).toEqual([]);
  expect(Math.min(sum.accepted, sum.refused)).toBeGreaterThan(0.2 * manifests);
  process.stderr.write(
    `${sum.manifests} manifests, ${sum.accepted} accepted, ${sum.refused} refused; 0 violations\n`,
  );
});
