import { keys } from '#domain/keys.ts';
import { activeParticipants, type Sync } from '#domain/syncs/sync.ts';
import { findSync } from '#domain/syncs/syncs.ts';
import type { SyncData } from '#events/sync-data.ts';
import type { Store } from '#lib/aws/table.ts';
import { subjectsOf } from './subjects.ts';
import { type Common, type Items, touchedFrom } from './touched-subjects.ts';

/** The tenant's syncs that were accepted after this one, in that order and as far as events have told. `complete` is false where there are more than `most`. */
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
 * Those that may have something in common with this sync, or with another that has: by what the list says, so that few have to be read. What it says of a
 * state may be old, but what it calls rolled back or undone stands nowhere.
 */
export function related(sync: Sync, listed: SyncData[]): SyncData[] {
  const reached = new Set(subjectsOf(sync).keys());
  let batches = sync.batch !== undefined;
  return listed.filter(({ type, state, subjects, batch }) => {
    if (type !== sync.type || state === 'rolled_back' || state === 'undone') return false;
    // Listed before subjects were: it has to be read.
    const may =
      !subjects || subjects.some((subject) => reached.has(subject)) || (batches && batch !== undefined);
    if (!may) return false;
    for (const subject of subjects ?? []) reached.add(subject);
    batches ||= batch !== undefined || !subjects;
    return true;
  });
}

/** A later sync that touched the same subjects and stands, or may come to. `through` is the token of the sync that it has them in common with. */
export type Conflict = Common & { sync: Sync };
/** In the order of acceptance. `complete` is false where there was more to compare than anybody waits for. */
export type LaterSyncs = { conflicts: Conflict[]; complete: boolean };
type Tools = Pick<Store, 'table'> & { items: Items };

/** So many later syncs are looked at, and so many items of batches read: twenty of the usual size; and so many bytes of them, unpacked: as much as one batch may be. */
export const mostLaterSyncs = { syncs: 1_000, items: 600_000, bytes: 268_435_456 };
const atOnce = 20;

/**
 * The later syncs that build upon this one: those that touched its subjects, and those that touched a subject of one of these. Compared on demand; nothing of
 * it is on the path of a sync.
 */
export async function conflictsOf(
  sync: Sync,
  { table, items }: Tools,
  bounds = mostLaterSyncs,
): Promise<LaterSyncs> {
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
  activeParticipants(sync).length > 0;
