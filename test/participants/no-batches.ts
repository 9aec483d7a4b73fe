import type { Batches } from '#domain/participants/participant.ts';
import { catalogue } from '#events/index.ts';

const none = () => Promise.reject(new Error('There are no batches here'));

/** The batch tools of a test without batches. */
export const noBatches: Batches = {
  open: () => {
    throw new Error('There are no batches here');
  },
  sole: (type, payload) => catalogue.get(type)?.batch?.sole(payload as Record<string, unknown>),
  progress: { read: none, add: none, note: none },
  wait: none,
};
