import { accessesOn } from '#domain/access/accesses.ts';
import type { Role } from '#domain/access/api-key.ts';
import { createKey } from '#domain/access/change-keys.ts';
import { newId } from '#lib/ids.ts';
import type { Store } from '#lib/table.ts';

/** An API key for this machine's own use. `system`: which outside system it is for, for a key of that role. */
export async function issueKey(store: Store, tenant: string, role: Role, system?: string): Promise<string> {
  const made = await createKey(
    { tenant, role, system },
    { accesses: accessesOn(store), clock: store.clock, newId: () => `key_${newId()}` },
  );
  return made.key;
}
