import type { Store } from '#lib/table.ts';
import { laterSyncs, related } from './later-syncs.ts';
import { findSync } from './read-sync.ts';
import { type Sync, taking } from './sync.ts';
import { type Common, type Items, touchedFrom } from './touched.ts';

/** A later sync that touched the same subjects and stands, or may come to. `through` is the token of the sync that it has them in common with. */
export type Conflict = Common & { sync: Sync };
/** In the order of acceptance. `complete` is false where there was more to compare than anybody waits for. */
export type Looked = { conflicts: Conflict[]; complete: boolean };
type Tools = Pick<Store, 'table'> & { items: Items };

/** So many later syncs are looked at, and so many items of batches read: twenty of the usual size; and so many bytes of them, unpacked: as much as one batch may be. */
export const most = { syncs: 1_000, items: 600_000, bytes: 268_435_456 };
const atOnce = 20;

/**
 * The later syncs that build upon this one: those that touched its subjects, and those that touched a subject of one of these. Compared on demand; nothing of
 * it is on the path of a sync.
 */
export async function conflictsOf(sync: Sync, { table, items }: Tools, bounds = most): Promise<Looked> {
  const { listed, complete } = await laterSyncs({ table }, sync, bounds.syncs);
  const touched = touchedFrom(sync, items, bounds);
  const conflicts: Conflict[] = [];
  const candidates = related(sync, listed);
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

/** Whether anything of it stands, or may come to: until what is being taken back is gone, it stands. */
const stands = (sync: Sync): boolean =>
  sync.state !== 'rolled_back' &&
  sync.state !== 'undone' &&
  sync.decision?.to !== 'abort' &&
  taking(sync).length > 0;
