import { apiKeysOn, type Role } from '#domain/access/api-keys.ts';
import { createKey } from '#domain/access/change-keys.ts';
import type { Store } from '#lib/aws/table.ts';
import { newId } from '#lib/ids.ts';

/**
 * Makes an API key for use on this machine. `system`: the outside system of a key with that role.
 */
export async function issueKey(store: Store, tenant: string, role: Role, system?: string): Promise<string> {
  const made = await createKey(
    { tenant, role, system },
    { accesses: apiKeysOn(store), clock: store.clock, newId: () => `key_${newId()}` },
  );
  return made.key;
}
