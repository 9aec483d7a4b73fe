import type { Batch } from '#systems/protocol.ts';

const everyMs = 1_000;

/**
 * Wraps a batch so that streaming it reports progress once a second. Best effort: a failed write
 * is ignored.
 */
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
