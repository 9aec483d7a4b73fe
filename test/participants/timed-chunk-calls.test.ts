import { describe, expect, it } from 'vitest';
import type { Batch } from '#systems/protocol.ts';
import { batchOf, office } from './chunk-office.ts';

describe('a time-limited call of a batch', () => {
  it('gives its last chunk a full call’s time, so that it ends between chunks', async () => {
    const { run, time, seen } = office({ tookMs: 300, cutsOff: true });
    for (let leg = 0; leg < 40; leg++) {
      const { said } = await run(batchOf(30_000), { again: leg > 0, atOnce: 1, notAfter: time.now + 2_000 });
      if (said.vote === 'yes') break;
      expect(said, `leg ${leg}`).toEqual({ vote: 'ongoing', more: true });
    }
    expect(seen().calls).toBe(60);
  });

  it('keeps the system’s pace across calls', async () => {
    const { run, time } = office({ tookMs: 0 });
    for (let leg = 0, vote = ''; vote !== 'yes'; leg++) {
      const { said } = await run(batchOf(5_000), {
        again: leg > 0,
        itemsPerSecond: 100,
        notAfter: time.now + 12_000,
      });
      vote = said.vote;
    }
    expect(time.now).toBeGreaterThanOrEqual(45_000);
  });

  it('is unknown when its time is up before the first chunk, because another call would fare no better', async () => {
    const { run, time } = office();
    expect((await run(batchOf(30_000), { notAfter: time.now })).said).toMatchObject({
      vote: 'unknown',
      sent: false,
      held: true,
    });
  });

  it('ends after all chunks that it began, also when the stream fails, and keeps their receipts', async () => {
    const { run, effects, seen } = office();
    const whole = batchOf(30_000);
    const broken: Batch = {
      ...whole,
      async *items() {
        let at = 0;
        for await (const item of whole.items()) {
          if (at++ === 5_000) throw new Error('the connection was lost');
          yield item;
        }
      },
    };
    await expect(run(broken)).rejects.toThrow('lost');
    expect([effects.size, seen().underWay]).toEqual([10, 0]);
    await run(whole, { again: true });
    expect(seen().calls).toBe(60);
  });
});
