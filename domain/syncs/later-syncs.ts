import { keys } from '#domain/keys.ts';
import type { SyncData } from '#events/sync-data.ts';
import type { Store } from '#lib/table.ts';
import { subjectsOf } from './subjects.ts';
import type { Sync } from './sync.ts';

/** The tenant's syncs that were accepted after this one, in that order and as far as events have told. `complete` is false where there are more than `most`. */
export async function laterSyncs(
  { table }: Pick<Store, 'table'>,
  { tenant, acceptedAt, token }: Sync,
  most: number,
): Promise<{ listed: SyncData[]; complete: boolean }> {
  const { pk, sk } = keys.listedSync(tenant, acceptedAt, token);
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
