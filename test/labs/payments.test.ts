import { execFileSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { benefitAdjusted } from '#events/benefit.adjusted.ts';
import { payments } from '#examples/labs/payments.ts';

const linesOf = (count: number) => gunzipSync(payments(count).gzipped()).toString().trimEnd().split('\n');

describe('the generated payments of the lab', () => {
  it('satisfy the event type, have distinct ids, and add up to their declaration', () => {
    const items = linesOf(30_000).map((line) => benefitAdjusted.batch.item.parse(JSON.parse(line)));
    const { count, amount_minor, picked, idOf } = payments(30_000);
    expect([
      new Set(items.map(({ id }) => id)).size,
      items.reduce((sum, item) => sum + item.amount_minor, 0),
    ]).toEqual([count, amount_minor]);
    expect([amount_minor, picked, items[picked - 1]?.id]).toEqual([75_000_000, 17_342, idOf(17_342)]);
  });

  it('can be generated in a shell with the command that the lab shows', () => {
    const shown = payments(3).made.join('\n').replace('gzip > payments.ndjson.gz', 'cat');
    expect(execFileSync('sh', ['-c', shown], { encoding: 'utf8' }).trimEnd().split('\n')).toEqual(linesOf(3));
  });

  it('are the same in each run', () => expect(linesOf(100)).toEqual(linesOf(100)));

  it.each([
    [1, 1],
    [2, 1],
    [17_341, 8_671],
    [17_342, 17_342],
  ])('of %i include number %i as the sample', (count, picked) => expect(payments(count).picked).toBe(picked));
});
