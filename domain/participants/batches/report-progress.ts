import type { Batch } from '#systems/protocol.ts';

const everyMs = 1_000;

/** The same batch; whoever streams it is seen to get on, once a second, by those who look. That nobody could write it down is nobody's trouble. */
export const reportProgress = (
  batch: Batch,
  note: (done: number) => Promise<void>,
  now: () => number,
): Batch => ({
  ...batch,
  async *items(from = 0) {
    let [done, saidAt] = [from, now()];
    for await (const item of batch.items(from)) {
      yield item;
      done += 1;
      if (now() - saidAt < everyMs) continue;
      saidAt = now();
      await note(done).catch(() => undefined);
    }
  },
});
