import { objects } from '#lib/objects.ts';
import { once } from '#lib/once.ts';
import { store } from '#lib/store.ts';
import { openBatchOn } from './batches/open-batch.ts';
import { syncTools } from './sync-tools.ts';
import { conflictsOf } from './syncs/conflicts.ts';
import type { Sync } from './syncs/sync.ts';

/** What the doors of an undo work with, made at first use: they see which later syncs touched the same subjects, batches by the ids of their items. */
export const undoing = /* @__PURE__ */ once(() => {
  const { table } = store();
  const look = (sync: Sync) =>
    conflictsOf(sync, {
      table,
      items: (pinned, spend) => openBatchOn({ objects: objects(), spend })(pinned).items(),
    });
  return { ...syncTools(), look };
});
