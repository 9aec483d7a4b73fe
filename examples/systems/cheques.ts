import type { Clock } from '#lib/clock.ts';
import { serveChanges } from './change-server.ts';

/** The Cheque Printer over HTTP, as `systems/cheques.json` describes it: a batch is reserved for an hour, printed, and stopped. */
export const serveCheques = (at: { clock: Clock; host?: string }) =>
  serveChanges({
    ...at,
    traits: { reserves: true, holdMs: 3_600_000 },
    paths: { prepare: '/batches/reserve', commit: '/batches/print', rollback: '/batches/stop', query: '/batches/{key}' },
    words: { prepare: 'reserved', commit: 'printed', rollback: 'stopped' },
  });
