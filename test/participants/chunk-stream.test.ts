import { describe, expect, it } from 'vitest';
import type { Vote } from '#systems/protocol.ts';
import { amount, batchOf, office } from './chunk-office.ts';

const done = (effects: Map<string, number>) => [...effects.values()].reduce((sum, count) => sum + count, 0);

describe('a batch of 30,000 items in sixty chunks', () => {
  it('is sent chunk by chunk, four at once, and adds up to its totals', async () => {
    const { run, effects, keys, seen } = office();
    const { said, receipts } = await run(batchOf(30_000));
    expect(said).toEqual({ vote: 'yes', totals: { count: 30_000, amount_minor: 75_000_000 } });
    expect(receipts.map(({ chunk, first, count }) => [chunk, first, count])).toEqual(
      Array.from({ length: 60 }, (_, at) => [at, at * 500, 500]),
    );
    expect([effects.size, done(effects)]).toEqual([60, 30_000]);
    expect(new Set(keys).size).toBe(60);
    expect(keys).toContain('tok:debit:commit:59');
    expect(seen()).toEqual({ calls: 60, mostUnderWay: 4, underWay: 0 });
  });

  it('writes no progress when it is quick, and at most once a second when it is slow', async () => {
    const [fast, slow] = [office({ tookMs: 10 }), office({ tookMs: 100 })];
    await fast.run(batchOf(30_000));
    await slow.run(batchOf(30_000));
    expect(fast.writes).toEqual([]);
    expect(slow.writes.length).toBeGreaterThan(2);
    const gaps = slow.writes.slice(1).map((at, n) => at - (slow.writes[n] ?? 0));
    expect(gaps.slice(0, -1).every((gap) => gap >= 1_000)).toBe(true);
  });

  it('is never sent faster than the system’s itemsPerSecond', async () => {
    const { run, time } = office({ tookMs: 0 });
    await run(batchOf(30_000), { itemsPerSecond: 5_000 });
    expect(time.now).toBe(5_900);
  });

  it('stops between chunks when its time is up, and continues from there', async () => {
    const { run, effects, seen } = office({ tookMs: 100 });
    const first = await run(batchOf(30_000), { notAfter: 3_000 });
    expect(first.said).toEqual({ vote: 'ongoing', more: true });
    const asked = seen().calls;
    expect(asked).toBeLessThan(60);
    const second = await run(batchOf(30_000), { again: true });
    expect(second.said).toMatchObject({ vote: 'yes', totals: { count: 30_000, amount_minor: 75_000_000 } });
    expect([seen().calls, effects.size, second.receipts.length]).toEqual([60, 60, 60]);
  });

  it('continues from the stored receipts after a crash in chunk 31', async () => {
    const { run, effects, answers, seen } = office({ tookMs: 100 });
    answers[30] = () => {
      throw new Error('The process has died');
    };
    await expect(run(batchOf(30_000), { atOnce: 1 })).rejects.toThrow('died');
    const [asked, kept] = [seen().calls, effects.size];
    expect([asked, kept]).toEqual([31, 30]);
    answers[30] = () => ({ vote: 'yes' });
    const { said, receipts } = await run(batchOf(30_000), { atOnce: 1 });
    expect(said).toMatchObject({ vote: 'yes', totals: { count: 30_000, amount_minor: 75_000_000 } });
    expect([effects.size, receipts.length]).toEqual([60, 60]);
    // The first second repeats finished chunks under the same keys, until the receipts are read.
    expect(seen().calls - asked).toBeLessThan(60);
  });

  it('is refused because of one item, which is named, and no further chunk is sent', async () => {
    const { run, answers, seen } = office();
    answers[34] = () => ({
      vote: 'no',
      reason: 'refused',
      items: [{ id: 'p-17342', reason: 'account-closed' }],
    });
    const { said, failed } = await run(batchOf(30_000), { phase: 'prepare' });
    expect(said).toMatchObject({ vote: 'no', reason: 'refuses item p-17342: account-closed' });
    expect(failed).toEqual([{ id: 'p-17342', reason: 'account-closed' }]);
    expect(seen().calls).toBeLessThan(42);
  });

  it('with a yes to other totals is refused in prepare, and unknown in commit', async () => {
    const less: Vote = { vote: 'yes', totals: { count: 499, amount_minor: 499 * amount } };
    const [before, after] = [office(), office()];
    before.answers[3] = after.answers[3] = () => less;
    expect((await before.run(batchOf(30_000), { phase: 'prepare' })).said).toMatchObject({ vote: 'no' });
    expect((await after.run(batchOf(30_000))).said).toMatchObject({ vote: 'unknown', sent: true });
  });

  it('repeats only the chunks that are unknown', async () => {
    const { run, answers, seen } = office();
    answers[10] = () => ({
      vote: 'unknown',
      reason: 'no whole answer within the time limit',
      sent: true,
      pauseMs: 2_000,
    });
    expect((await run(batchOf(30_000))).said).toMatchObject({ vote: 'unknown', pauseMs: 2_000 });
    const asked = seen().calls;
    delete answers[10];
    expect((await run(batchOf(30_000), { again: true })).said).toMatchObject({ vote: 'yes' });
    expect(seen().calls).toBe(60 + 1);
    expect(asked).toBeLessThan(20);
  });
});

it('a batch holds a few chunks in memory, however long it is', async () => {
  const heldOf = async (count: number) => {
    const { run, effects } = office({ tookMs: 0 });
    const batch = batchOf(count);
    let [read, most] = [0, 0];
    async function* items() {
      for await (const item of batch.items()) {
        read += 1;
        most = Math.max(most, read - done(effects));
        yield item;
      }
    }
    await run({ ...batch, items });
    expect(read).toBe(count);
    return most;
  };
  const [one, ten] = [await heldOf(30_000), await heldOf(300_000)];
  expect(one).toBeLessThanOrEqual(6 * 500);
  expect(ten).toBe(one);
});
