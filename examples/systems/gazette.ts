import type { Clock } from '#lib/clock.ts';
import { serveChanges } from './change-server.ts';

/** An official gazette: what it has published stays published, nobody can ask what became of it, and it knows no time limits. */
export const serveGazette = (at: { clock: Clock; host?: string }) =>
  serveChanges({
    ...at,
    traits: { tombstone: false, honoursNotAfter: false },
    paths: { prepare: '/notices/check', commit: '/notices' },
    words: { prepare: 'accepted', commit: 'published', rollback: 'withdrawn' },
  });
