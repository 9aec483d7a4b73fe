import { keys } from '#domain/keys.ts';
import { activeParticipants, type Sync } from '#domain/syncs/sync.ts';
import { findSync } from '#domain/syncs/syncs.ts';
import type { SyncData } from '#events/sync-data.ts';
import type { Store } from '#lib/aws/table.ts';
import { subjectsOf } from './subjects.ts';
import { type Common, type Items, touchedFrom } from './touched-subjects.ts';

/**
 * The tenant's syncs accepted after this one, in order, built from events. `complete` is
 * false where there are more than `most`.
 */
export async function laterSyncs(
  { table }: Pick<Store, 'table'>,
  { tenant, acceptedAt, syncId }: Sync,
  most: number,
): Promise<{ listed: SyncData[]; complete: boolean }> {
  const { pk, sk } = keys.listedSync(tenant, acceptedAt, syncId);
  const listed: SyncData[] = [];
  for (let after: string | undefined = sk; after && listed.length <= most; ) {
    const page = await table.queryItems({ label: 'read-later', pk, after, limit: most + 1 - listed.length });
    listed.push(...page.items.map(({ view }) => view as SyncData));
    after = page.last;
  }
  return { listed: listed.slice(0, most), complete: listed.length <= most };
}

/**
 * Filters the list for syncs that share a subject with this sync or with a related one, so that
 * few are read. A listed state may be stale, but `rolled_back` and `undone` are final.
 */
export function relatedSyncs(sync: Sync, listed: SyncData[]): SyncData[] {
  const reached = new Set(subjectsOf(sync).keys());
  let batches = sync.batch !== undefined;
  return listed.filter(({ type, state, subjects, batch }) => {
    if (type !== sync.type || state === 'rolled_back' || state === 'undone') return false;
    // Listed before subjects were kept: it has to be read.
    const may =
      !subjects || subjects.some((subject) => reached.has(subject)) || (batches && batch !== undefined);
    if (!may) return false;
    for (const subject of subjects ?? []) reached.add(subject);
    batches ||= batch !== undefined || !subjects;
    return true;
  });
}

/**
 * A later sync on the same subjects that has committed or may. `through`: the id of the sync that
 * it shares them with.
 */
export type Conflict = Common & { sync: Sync };
/** In order of acceptance. `complete` is false where a limit was reached. */
export type LaterSyncs = { conflicts: Conflict[]; complete: boolean };
type Tools = Pick<Store, 'table'> & { items: Items };

/**
 * Limits of one comparison: later syncs, items of batches (twenty of the usual size) and unpacked
 * bytes (one batch of the largest size).
 */
export const mostLaterSyncs = { syncs: 1_000, items: 600_000, bytes: 268_435_456 };
const atOnce = 20;

/**
 * The later syncs that build upon this one: on its subjects, or on the subjects of one of these.
 * Computed on demand, never on the path of a sync.
 */
export async function conflictsOf(
  sync: Sync,
  { table, items }: Tools,
  bounds = mostLaterSyncs,
): Promise<LaterSyncs> {
  const { listed, complete } = await laterSyncs({ table }, sync, bounds.syncs);
  const touched = touchedFrom(sync, items, bounds);
  const conflicts: Conflict[] = [];
  const candidates = relatedSyncs(sync, listed);
  for (let from = 0; from < candidates.length; from += atOnce) {
    const read = candidates
      .slice(from, from + atOnce)
      .map(({ sync_id }) => findSync({ table }, sync.tenant, sync_id));
    for (const other of await Promise.all(read)) {
      if (!other || !stands(other)) continue;
      const common = await touched.meet(other);
      if (common === 'unknown') return { conflicts, complete: false };
      if (common) conflicts.push({ sync: other, ...common });
    }
  }
  return { conflicts, complete };
}

/** Whether a sync has committed or may: one that is being undone still counts. */
const stands = (sync: Sync): boolean =>
  sync.state !== 'rolled_back' &&
  sync.state !== 'undone' &&
  sync.decision?.to !== 'abort' &&
  activeParticipants(sync).length > 0;
