import { expect, it } from 'vitest';
import type { Bundle } from '#domain/syncs/evidence/verify/bundle.ts';
import { checkBundle } from '#domain/syncs/evidence/verify/check-bundle.ts';
import { undoneBatch } from './evidence-world.ts';

const id = 'P777';

it('a bundle names its first unsigned row, and verifies once the rows are signed', async () => {
  const made = await undoneBatch();
  await made.sync.phase('rollback');
  await made.relay();
  const early = await made.show();
  expect(early).toMatchObject({ covered_rows: 17, rows: { length: 21 } });
  const { good: isGood, fault, unsigned, checked } = checkBundle(early);
  expect([isGood, fault, checked.length]).toEqual([false, undefined, 3]);
  expect(unsigned).toMatch(
    /^Row 18 \(lockstep results\) and all behind it are in no checkpoint\. .* fetch the bundle again then\.$/,
  );
  const { checkpoint: _, ...none } = early as Bundle;
  expect(checkBundle({ ...none, covered_rows: 0 })).toMatchObject({
    good: false,
    unsigned: expect.stringMatching(/^Row 1 \(lockstep accept\) and all/),
  });
  made.pass(180);
  await made.turn();
  expect(checkBundle(await made.show(id))).toMatchObject({ good: true });
});
