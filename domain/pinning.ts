import { objects as made } from '#lib/objects.ts';
import { once } from '#lib/once.ts';
import { pinBatchOn } from './batches/pin-batch.ts';

/** Reads, checks and pins the batch that a sync carries. */
export const pinning = /* @__PURE__ */ once(() => {
  const objects = made();
  return pinBatchOn({ objects });
});

/** The same for a dry run: items that came inside the request are looked at, and kept nowhere. */
export const pinningNothing = /* @__PURE__ */ once(() =>
  pinBatchOn({ objects: { openObject: made().openObject, putObject: async () => ({ version: '' }) } }),
);
