import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyLayout, itemFor } from './layouts.ts';
import { manyRoundTrips, roundTrip } from './round-trip.ts';

it('50,000 random records of any layout survive encoding and decoding, in both encodings and at extreme values', async () => {
  let seen = 0;
  const file = anyLayout.chain((layout) =>
    fc.record({
      layout: fc.constant(layout),
      items: fc.array(itemFor(layout), { minLength: 100, maxLength: 100 }),
      pieceBytes: fc.integer({ min: 1, max: 20_000 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(file, async ({ layout, items, pieceBytes }) => {
      seen += items.length;
      expect(await roundTrip(layout, items, pieceBytes)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
  expect(seen).toBeGreaterThanOrEqual(50_000);
});

it('the long run of round trips counts its records, and repeats with the same seed', async () => {
  expect(await manyRoundTrips(3_000, { each: 1_000, seed: 7 })).toEqual({ seen: 3_000, wrong: undefined });
});
