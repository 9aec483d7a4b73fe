import type { Clock } from '#lib/clock.ts';
import { serveChanges } from './change-server.ts';

/** The `x-api-key` of its callers, by default. */
export const debitKey = 'debit-demo-key';

/**
 * The Debit-Card Vendor over HTTP, as `systems/debit.json` describes it: it checks, loads and
 * reverses; a batch comes in chunks of up to five hundred items.
 */
export const serveDebit = ({ apiKey = debitKey, ...at }: { clock: Clock; host?: string; apiKey?: string }) =>
  serveChanges({
    ...at,
    apiKey,
    traits: {},
    paths: {
      prepare: '/v2/load/dry-run',
      commit: '/v2/load',
      rollback: '/v2/load/reversal',
      query: '/v2/load/{key}',
    },
    batches: {
      ...{ by: 'chunks', items: 500 },
      paths: {
        prepare: '/v2/load/batch/dry-run',
        commit: '/v2/load/batch',
        rollback: '/v2/load/batch/reversal',
      },
    },
    words: { prepare: 'accepted', commit: 'loaded', rollback: 'reversed' },
  });
