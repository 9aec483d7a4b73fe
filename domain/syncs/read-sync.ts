import { keys } from '#domain/keys.ts';
import { Problem } from '#lib/problem.ts';
import type { Store } from '#lib/table.ts';
import type { Sync } from './sync.ts';
import { wireOf } from './token.ts';

/** A tenant's sync by its token; undefined where there is none. */
export const findSync = async (
  { table }: Pick<Store, 'table'>,
  tenant: string,
  token: string,
): Promise<Sync | undefined> =>
  (await table.getItem(keys.sync(tenant, wireOf(tenant, token)), 'read-sync')) as Sync | undefined;

/** The same; refuses where there is none. */
export async function readSync(store: Pick<Store, 'table'>, tenant: string, token: string): Promise<Sync> {
  const sync = await findSync(store, tenant, token);
  if (!sync) throw new Problem('not-found', { detail: 'There is no such sync.' });
  return sync;
}
