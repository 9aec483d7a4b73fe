import type { Ask } from '#domain/participants/line.ts';
import { manifest } from '#systems/manifest.ts';

export const outsideToken = '8d3f6c1e-5b7a-5c2d-9e4f-1a2b3c4d5e6f';
export const answer = {
  echo: 'order.id',
  field: 'order.word',
  means: {
    DONE: 'yes',
    NO: 'no',
    GONE: 'absent',
    BUSY: 'ongoing',
    '1': 'yes',
    true: 'yes',
    HELD: 'prepared',
  },
  codes: { mismatch: 'no', running: 'ongoing' },
  validUntil: 'order.until',
};
export const asked = (more: object = answer): Ask => {
  const call = { method: 'POST', path: '/x', answer: more };
  const system = manifest.parse({
    ...{
      name: 'office',
      title: 'Office',
      adapter: 'rest',
      calls: { prepare: call, commit: call, rollback: call, query: call },
    },
    capabilities: {
      prepare: 'reserve',
      undo: 'inverse',
      query: true,
      idempotent: 'native-key',
      tombstone: true,
    },
  });
  return {
    system,
    outsideToken,
    key: 'k',
    type: 'benefit.adjusted',
    payload: {},
    notAfter: 0,
    acceptedAt: 0,
  };
};
export const order = (word: unknown, more = {}) => ({ order: { id: outsideToken, word, ...more } });
