import { partOf } from '#domain/syncs/sync.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import type { Objects } from '#lib/aws/objects.ts';
import type { Page, Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { itemResultsOf } from './item-results.ts';
import { type ItemFilter, listItems } from './list-items.ts';
import { openBatchOn } from './open-batch.ts';
import { readStoredResults } from './stored-results.ts';

type Asked = ItemFilter & { tenant: string; syncId: string; limit: number; after?: string | undefined };
type Tools = { store: Pick<Store, 'table'>; objects: Pick<Objects, 'openObject'> };

/**
 * A page of a batch's items with their result at each system. Refuses an unknown sync, or one
 * without a batch.
 */
export async function showItems(
  { tenant, syncId, ...page }: Asked,
  { store, objects }: Tools,
): Promise<Page> {
  const sync = await readSync(store, tenant, syncId);
  if (!sync.batch) throw new Problem('not-found', { detail: 'This sync carries no batch.' });
  const systems = sync.plan.systems.map(({ name }) => name);
  const saying = (phase: 'commit' | 'rollback') =>
    systems.filter((name) => partOf(sync, name)[phase]?.vote === 'yes');
  const skipped = systems.filter((name) => partOf(sync, name).skipped);
  const standing = { state: sync.state, skipped, committed: saying('commit'), back: saying('rollback') };
  const became = itemResultsOf(await readStoredResults({ objects }, sync.results ?? []), standing);
  return listItems({ batch: openBatchOn({ objects })(sync.batch), systems, became }, page);
}
