import { accepting } from './accepting.ts';
import { forBatch } from './participants/batch-of.ts';
import { requestOf } from './participants/request-of.ts';
import { pinningNothing } from './pinning.ts';
import type { Rehearsing } from './syncs/rehearse-sync.ts';

/** What a dry run works with: the systems of the real one, and the requests that its adapter would send. */
export const rehearsing = (): Rehearsing => ({
  ...accepting(),
  pin: pinningNothing(),
  requestOf: (ask, phase) =>
    requestOf({ ...ask, system: ask.batch ? forBatch(ask.system) : ask.system }, phase),
});
