import type { Clock } from '#lib/clock.ts';
import { serveChanges } from './change-server.ts';

/**
 * A letter shop: it recognises no repeat, so a second call sends a second letter. Its undo sends a
 * correction.
 */
export const serveLetters = (at: { clock: Clock; host?: string }) =>
  serveChanges({
    ...at,
    traits: { idempotent: 'none' },
    paths: {
      prepare: '/letters/check',
      commit: '/letters',
      rollback: '/letters/correction',
      query: '/letters/{key}',
    },
    words: { prepare: 'accepted', commit: 'sent', rollback: 'corrected' },
  });
