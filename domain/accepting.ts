import { env, setting } from '#lib/env.ts';
import { once } from '#lib/once.ts';
import { store } from '#lib/store.ts';
import { loadSystem } from '#systems/load.ts';
import { answerTask } from './answer-task.ts';
import { keepManifestsOn } from './participants/keep-manifests.ts';
import { syncTools } from './sync-tools.ts';
import type { Accepting } from './syncs/accept-sync.ts';
import { manifestDigest } from './syncs/plan-sync.ts';
import type { Sync } from './syncs/sync.ts';
import { syncEventData } from './syncs/sync-event.ts';

/** What the doors that start a sync work with, made at first use: every system that this build knows to take part. */
export const accepting = /* @__PURE__ */ once((): Accepting => {
  const { table } = store();
  const keep = keepManifestsOn({ table, digestOf: manifestDigest });
  const systems = once(() => Promise.all(env('SYSTEMS').split(',').filter(Boolean).map(loadSystem)));
  const answer = (sync: Sync) => answerTask(sync.tenant, syncEventData(sync));
  return { ...syncTools(), systems, keep, answer, deadlineMs: setting('SYNC_DEADLINE_SECONDS') * 1000 };
});
