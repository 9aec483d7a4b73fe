import { forBatch } from '#domain/participants/batches/batch-calls.ts';
import { keepManifestsOn } from '#domain/participants/frozen-manifests.ts';
import { requestPreview } from '#domain/participants/request-preview.ts';
import type { AcceptSyncTools } from '#domain/syncs/accept/accept-sync.ts';
import type { DryRunTools } from '#domain/syncs/accept/dry-run-sync.ts';
import { manifestDigest } from '#domain/syncs/accept/plan-sync.ts';
import { openBatchOn } from '#domain/syncs/batches/open-batch.ts';
import { pinBatchOn } from '#domain/syncs/batches/pin-batch.ts';
import { answerTask } from '#domain/syncs/recovery/answer-task.ts';
import { longestLegMs, type Sync } from '#domain/syncs/sync.ts';
import { syncEventData } from '#domain/syncs/sync-outbox.ts';
import { syncsOn } from '#domain/syncs/syncs.ts';
import { conflictsOf } from '#domain/syncs/undo/conflicts.ts';
import { setting } from '#lib/env.ts';
import { newId } from '#lib/ids.ts';
import { once } from '#lib/once.ts';
import { deployedStore, type Platform } from './platform.ts';

type Base = Pick<Platform, 'table' | 'clock' | 'newId' | 'settings'>;
type Asking = Base & Pick<Platform, 'systems' | 'tasks'>;
type Recovering = Base & Pick<Platform, 'executions'>;
type Watching = Recovering & Pick<Platform, 'random' | 'measure' | 'warn'>;

/** The tools of operations that change a sync: syncs, clock, and the operator's limits. */
export function syncToolsOn({ table, clock, newId, settings }: Base) {
  const limits = {
    watchdogMs: settings('WATCHDOG_SECONDS') * 1000,
    waitMs: settings('WAIT_SECONDS') * 1000,
    refusedCommits: settings('REFUSED_COMMITS'),
    legMs: Math.min(settings('BATCH_LEG_SECONDS') * 1000, longestLegMs),
  };
  return { syncs: syncsOn({ table, newId }), clock, newId, limits };
}

/** The tools of `acceptSync` without a batch, with every system that takes part in this build. */
export const acceptingToolsOn = ({ systems, tasks, ...base }: Asking): AcceptSyncTools => ({
  ...syncToolsOn(base),
  systems: once(() => Promise.all(systems.names().map(systems.load))),
  keep: keepManifestsOn({ table: base.table, digestOf: manifestDigest }),
  answer: (sync) => answerTask(sync.tenant, syncEventData(sync), { table: base.table, tasks }),
  deadlineMs: base.settings('SYNC_DEADLINE_SECONDS') * 1000,
});

/** The same with a batch: it is read, checked and pinned. */
export const batchAcceptingToolsOn = ({
  objects,
  ...asking
}: Asking & Pick<Platform, 'objects'>): AcceptSyncTools => ({
  ...acceptingToolsOn(asking),
  pin: pinBatchOn({ objects }),
});

/**
 * The tools of `dryRunSync`: the systems of a real sync, the requests of its adapters, and a
 * bucket that keeps nothing.
 */
export const dryRunToolsOn = ({ objects, ...asking }: Asking & Pick<Platform, 'objects'>): DryRunTools => ({
  ...acceptingToolsOn(asking),
  pin: pinBatchOn({ objects: { openObject: objects.openObject, putObject: async () => ({ version: '' }) } }),
  requestOf: (ask, phase) =>
    requestPreview({ ...ask, system: ask.batch ? forBatch(ask.system) : ask.system }, phase),
});

/**
 * The tools of `planUndo`: the later syncs with the same subjects; the subjects of a batch are the
 * ids of its items.
 */
export const undoPlanToolsOn = ({
  table,
  clock,
  objects,
}: Pick<Platform, 'table' | 'clock' | 'objects'>) => ({
  ...{ table, clock },
  look: (sync: Sync) =>
    conflictsOf(sync, { table, items: (pinned, spend) => openBatchOn({ objects, spend })(pinned).items() }),
});

/** The tools of `undoSync`, which plans before it writes. */
export const undoingToolsOn = ({ objects, ...base }: Base & Pick<Platform, 'objects'>) => ({
  ...syncToolsOn(base),
  look: undoPlanToolsOn({ ...base, objects }).look,
});

/** The tools of `recoverSync`. */
export const recoveringToolsOn = ({ executions, ...base }: Recovering) => ({
  ...syncToolsOn(base),
  executions,
});

/** The tools of `runWatchdog`. */
export const watchdogToolsOn = ({ random, measure, warn, ...recovering }: Watching) => ({
  ...recoveringToolsOn(recovering),
  ...{ table: recovering.table, random, measure, warn },
});

/** The tools of `wakeWaiting`. */
export const wakingToolsOn = ({
  table,
  queues,
  settings,
}: Pick<Platform, 'table' | 'queues' | 'settings'>) => ({
  ...{ table, queues, perSecond: settings('WAKES_PER_SECOND') },
});

export const syncTools = /* @__PURE__ */ once(() =>
  syncToolsOn({ ...deployedStore(), newId, settings: setting }),
);
