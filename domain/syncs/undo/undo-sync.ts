import { undoneBefore } from '#domain/syncs/accept/new-sync.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import type { Limits, Sync } from '#domain/syncs/sync.ts';
import type { Syncs } from '#domain/syncs/syncs.ts';
import type { Clock } from '#lib/clock.ts';
import { Problem } from '#lib/problem.ts';
import { goOnUndoing } from './cascade.ts';
import type { LaterSyncs } from './conflicts.ts';
import { forGood, requestUndo } from './request-undo.ts';
import { isBuiltUpon, undoPlan } from './undo-plan.ts';

/** What is to become of later syncs on the same subjects: they are undone first, latest first, or they stay. */
export const laters = ['cascade', 'net'] as const;
/** `plan`: tags of the plan that the caller has read, any of which it may be. */
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
 * One token undoes it, in any phase and any number of times: before it has come, it never will; before it is decided, it is aborted; while it commits, it
 * is finished and then reversed; after success it is reversed, as long as every system's window is open, and nothing later stands on the same subjects or
 * the caller says what is to become of that. The first asking is what every later one is told.
 */
export async function undoSync(command: UndoSync, tools: Tools): Promise<Sync> {
  const { tenant, syncId } = command;
  const sync =
    (await tools.syncs.read(tenant, outsideTokenOf(tenant, syncId))) ?? (await beforeItCame(command, tools));
  if (!sync.undo) return undoFound(sync, command, tools);
  // Should whoever was to go on be lost, the same call does it.
  if (sync.undo.waitingFor) await goOnUndoing(command, tools);
  return sync;
}

/** What stands under a token that had not come: its undo, or the sync that came first after all. */
async function beforeItCame(command: UndoSync, { syncs, clock, newId }: Tools): Promise<Sync> {
  const at = clock.now();
  agree(command, undoPlan(command.syncId, undefined, at).etag);
  return (await syncs.create(undoneBefore(command.tenant, command.syncId, command.by, newId(), at))).sync;
}

async function undoFound(found: Sync, command: UndoSync, tools: Tools): Promise<Sync> {
  const { syncs, clock, limits, look } = tools;
  const looked = isBuiltUpon(found) ? await look(found) : undefined;
  const at = clock.now();
  let overtaken = false;
  const sync = await syncs.change(found, 'undo', (now) => {
    // It was decided after we had read it: now others may have built upon it.
    overtaken = !now.undo && isBuiltUpon(now) && !looked;
    if (now.undo || overtaken) return undefined;
    agree(command, undoPlan(command.syncId, now, at, looked).etag);
    const waits = forGood(now, at).length === 0 && isBuiltUpon(now) ? firstOf(looked, command, at) : [];
    return requestUndo(now, { by: command.by, waitingFor: waits }, at, limits);
  });
  return overtaken ? undoFound(sync, command, tools) : sync;
}

/** Who says what is to become of other syncs must have seen which; and whoever names a plan means that one. */
function agree({ plan, later }: UndoSync, etag: string): void {
  if (later && !plan)
    throw new Problem('precondition-required', { detail: 'Name the digest of the plan that you have read.' });
  if (plan && !plan.includes(etag))
    throw new Problem('precondition-failed', { detail: 'The plan is another by now: read it again.' });
}

/** The tokens of those that are undone before it, latest first. Refuses where the caller has not said so. */
function firstOf(looked: LaterSyncs | undefined, { later }: UndoSync, at: number): string[] {
  const { conflicts, complete } = looked ?? { conflicts: [], complete: true };
  if (later === 'net' || (complete && conflicts.length === 0)) return [];
  if (!complete)
    throw refused('More came later than is looked at: only with "later": "net" can it be undone alone.');
  const [named, more] = [conflicts.slice(0, 3).map(({ sync }) => sync.syncId), conflicts.length - 3];
  const list = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  if (later !== 'cascade')
    throw refused(
      `On the same subjects came later: ${list}. Read the plan, and say what is to become of them.`,
    );
  if (conflicts.length > mostBefore)
    throw refused(`More than ${mostBefore} came later: begin with the latest of them.`);
  const stuck = conflicts.find(({ sync }) => !sync.undo && forGood(sync, at).length > 0);
  if (stuck)
    throw new Problem('undo-refused', {
      detail: `${stuck.sync.syncId} came later and can no longer be undone itself.`,
    });
  return conflicts.map(({ sync }) => sync.syncId).reverse();
}

const refused = (detail: string) => new Problem('undo-conflicts', { detail });
