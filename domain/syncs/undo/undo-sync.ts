import { undoneSync } from '#domain/syncs/accept/new-sync.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import type { Limits, Sync } from '#domain/syncs/sync.ts';
import type { Syncs } from '#domain/syncs/syncs.ts';
import type { Clock } from '#lib/clock.ts';
import { Problem } from '#lib/problem.ts';
import { continueUndo } from './cascade.ts';
import type { LaterSyncs } from './conflicts.ts';
import { irreversibleAt, requestUndo } from './request-undo.ts';
import { isBuiltUpon, undoPlan } from './undo-plan.ts';

/**
 * Later syncs on the same subjects: `cascade` undoes them first, latest first; `net` keeps them.
 */
export const laters = ['cascade', 'net'] as const;
/** `plan`: ETags of the plan that the caller has read. */
export type UndoSync = {
  tenant: string;
  syncId: string;
  by: string;
  plan?: string[] | undefined;
  later?: (typeof laters)[number] | undefined;
};
type Tools = {
  syncs: Syncs;
  clock: Clock;
  newId: () => string;
  limits: Limits;
  look: (sync: Sync) => Promise<LaterSyncs>;
};

const mostBefore = 100;

/**
 * Undoes a sync in any phase, idempotently: an unknown id is blocked, an undecided sync is
 * aborted, a committing one finishes and is reversed. A committed sync is reversed while every
 * undo window is open, and no later sync is on its subjects or `later` says what to do.
 */
export async function undoSync(command: UndoSync, tools: Tools): Promise<Sync> {
  const { tenant, syncId } = command;
  const sync =
    (await tools.syncs.read(tenant, outsideTokenOf(tenant, syncId))) ?? (await beforeItCame(command, tools));
  if (!sync.undo) return undoFound(sync, command, tools);
  // If the relay's message is lost, a repeat of this call continues the undo.
  if (sync.undo.waitingFor) await continueUndo(command, tools);
  return sync;
}

/** The undo of a sync that was not accepted yet, or the sync that was created first after all. */
async function beforeItCame(command: UndoSync, { syncs, clock, newId }: Tools): Promise<Sync> {
  const at = clock.now();
  agree(command, undoPlan(command.syncId, undefined, at).etag);
  return (await syncs.create(undoneSync(command.tenant, command.syncId, command.by, newId(), at))).sync;
}

async function undoFound(found: Sync, command: UndoSync, tools: Tools): Promise<Sync> {
  const { syncs, clock, limits, look } = tools;
  const looked = isBuiltUpon(found) ? await look(found) : undefined;
  const at = clock.now();
  let overtaken = false;
  const sync = await syncs.change(found, 'undo', (now) => {
    // The sync was decided after the read: later syncs may build upon it by now.
    overtaken = !now.undo && isBuiltUpon(now) && !looked;
    if (now.undo || overtaken) return undefined;
    agree(command, undoPlan(command.syncId, now, at, looked).etag);
    const waits =
      irreversibleAt(now, at).length === 0 && isBuiltUpon(now) ? firstOf(looked, command, at) : [];
    return requestUndo(now, { by: command.by, waitingFor: waits }, at, limits);
  });
  return overtaken ? undoFound(sync, command, tools) : sync;
}

/** `later` requires the plan that lists those syncs, and a plan must match the current one. */
function agree({ plan, later }: UndoSync, etag: string): void {
  if (later && !plan)
    throw new Problem('precondition-required', { detail: 'Name the digest of the plan that you have read.' });
  if (plan && !plan.includes(etag))
    throw new Problem('precondition-failed', { detail: 'The plan has changed: read it again.' });
}

/** The ids of the syncs to undo first, latest first. Refuses conflicts unless `later` is given. */
function firstOf(looked: LaterSyncs | undefined, { later }: UndoSync, at: number): string[] {
  const { conflicts, complete } = looked ?? { conflicts: [], complete: true };
  if (later === 'net' || (complete && conflicts.length === 0)) return [];
  if (!complete)
    throw refused('More syncs came later than the check reads: only "later": "net" can undo this one alone.');
  const [named, more] = [conflicts.slice(0, 3).map(({ sync }) => sync.syncId), conflicts.length - 3];
  const list = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  if (later !== 'cascade')
    throw refused(
      `Later syncs touched the same subjects: ${list}. Read the plan, then send "later": "cascade" or "net".`,
    );
  if (conflicts.length > mostBefore)
    throw refused(`More than ${mostBefore} syncs came later: undo the latest of them first.`);
  const stuck = conflicts.find(({ sync }) => !sync.undo && irreversibleAt(sync, at).length > 0);
  if (stuck)
    throw new Problem('undo-refused', {
      detail: `${stuck.sync.syncId} came later and can no longer be undone itself.`,
    });
  return conflicts.map(({ sync }) => sync.syncId).reverse();
}

const refused = (detail: string) => new Problem('undo-conflicts', { detail });
