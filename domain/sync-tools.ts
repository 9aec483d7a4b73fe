import { setting } from '#lib/env.ts';
import { newId } from '#lib/ids.ts';
import { once } from '#lib/once.ts';
import { store } from '#lib/store.ts';
import { longestLegMs } from './syncs/sync.ts';
import { syncsOn } from './syncs/syncs.ts';

/** What everything that changes a sync works with, made at first use: the syncs, the time, and what an operator has set. */
export const syncTools = /* @__PURE__ */ once(() => {
  const { table, clock } = store();
  const limits = {
    watchdogMs: setting('WATCHDOG_SECONDS') * 1000,
    waitMs: setting('WAIT_SECONDS') * 1000,
    refusedCommits: setting('REFUSED_COMMITS'),
    legMs: Math.min(setting('BATCH_LEG_SECONDS') * 1000, longestLegMs),
  };
  return { syncs: syncsOn({ table, newId }), clock, newId, limits };
});
