import type { Clock } from '#lib/clock.ts';
import { serveChanges } from './change-server.ts';

/**
 * A vault over HTTP, as `test/participants/vault.json` describes it: money is set aside for an
 * hour, paid out, and put back.
 */
export const serveVault = (at: { clock: Clock; host?: string }) =>
  serveChanges({
    ...at,
    traits: { reserves: true, holdMs: 3_600_000 },
    paths: {
      prepare: '/sums/reserve',
      commit: '/sums/payment',
      rollback: '/sums/return',
      query: '/sums/{key}',
    },
    words: { prepare: 'reserved', commit: 'paid', rollback: 'returned' },
  });
