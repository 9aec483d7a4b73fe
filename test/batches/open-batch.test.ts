import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { openBatchOn } from '#domain/syncs/batches/open-batch.ts';
import { pinBatchOn } from '#domain/syncs/batches/pin-batch.ts';
import type { Batch } from '#systems/protocol.ts';
import { type MemoryObjects, memoryObjects } from '#table/memory-objects.ts';
import { cents, lines, paymentAt, tenant, uploaded } from './items.ts';

const pinned = (objects: MemoryObjects, body: string, declared = {}) =>
  pinBatchOn({ objects })({
    tenant,
    type: 'benefit.adjusted',
    items: { upload: uploaded(objects, body, declared) },
  });
async function count(items: AsyncIterable<unknown>) {
  let sum = 0;
  for await (const _ of items) sum += 1;
  return sum;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** Heap in use after a garbage collection. */
const kept = () => {
  collect();
  return process.memoryUsage().heapUsed;
};

describe('an opened batch', () => {
  it('streams the same items on each read, from any item on', async () => {
    const objects = memoryObjects();
    const batch = openBatchOn({ objects })(await pinned(objects, lines(3), { gzip: true }));
    expect([batch.count, batch.amount_minor]).toEqual([3, 3 * cents]);
    for (const from of [0, 2, 3]) {
      const read: unknown[] = [];
      for await (const item of batch.items(from)) read.push(item);
      expect(read).toEqual([0, 1, 2].map(paymentAt).slice(from));
    }
  });

  it('reads the pinned version, and throws when its content is missing or differs', async () => {
    const objects = memoryObjects();
    const was = await pinned(objects, lines(3));
    const version = objects.arrive(
      was.key,
      lines(3, (at) => ({ ...paymentAt(at), amount_minor: cents + 1 })),
    );
    const longer = objects.arrive(was.key, lines(4));
    const open = (change: object) => count(openBatchOn({ objects })({ ...was, ...change }).items());
    expect(await open({})).toBe(3);
    await expect(open({ version: 'version-9' })).rejects.toThrow('is gone');
    await expect(open({ version })).rejects.toThrow('is not what was accepted');
    await expect(open({ version: longer })).rejects.toThrow(/has \d+ bytes, and had/);
    // A stream that is not read must be cancelled, or its connection stays open.
    expect(objects.stopped()).toEqual([was.key]);
    await expect(open({ digest: was.root })).rejects.toThrow('is not what was accepted');
    await expect(open({ gzip: true })).rejects.toThrow('gzip');
  });

  it('throws at the end on a wrong digest, also when reading began in the middle', async () => {
    const objects = memoryObjects();
    const was = await pinned(objects, lines(3));
    await expect(count(openBatchOn({ objects })({ ...was, digest: 'other' }).items(3))).rejects.toThrow(
      'is not what was accepted',
    );
  });

  it('needs no more memory for ten times as many items, and frees it at the end', {
    timeout: 60_000,
  }, async () => {
    const objects = memoryObjects({ pieceBytes: 65_536 });
    const [some, many] = [30_000, 300_000].map((size) => {
      const text = lines(size);
      const version = objects.arrive(`${size}`, text);
      const digest = createHash('sha256').update(text).digest('hex');
      const totals = { count: size, amount_minor: size * cents };
      return openBatchOn({ objects })({
        ...totals,
        key: `${size}`,
        version,
        digest,
        root: '',
        bytes: text.length,
        gzip: false,
      });
    }) as [Batch, Batch];
    const peakOf = async (batch: Batch) => {
      const before = kept();
      let [index, peak] = [0, 0];
      for await (const _ of batch.items())
        if (++index % (batch.count / 5) === 0) peak = Math.max(peak, kept() - before);
      return { peak, left: kept() - before };
    };
    await peakOf(some);
    const whole = lines(300_000).length;
    const [first, tenfold] = [await peakOf(some), await peakOf(many)];
    // Leaves room for the runtime itself: twice the peak, and a sixteenth of the whole text.
    expect(tenfold.peak).toBeLessThan(2 * Math.max(0, first.peak) + whole / 16);
    expect(tenfold.left).toBeLessThan(whole / 16);
  });
});
