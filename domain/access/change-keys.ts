import { untilWritten } from '#lib/aws/projection.ts';
import type { Clock } from '#lib/clock.ts';
import { Problem } from '#lib/problem.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import {
  type Access,
  type ApiKeys,
  hashOf,
  type KeyRecord,
  mintKey,
  type Role,
  tenantName,
} from './api-keys.ts';

const systemName = /^[a-z][a-z0-9-]{1,30}$/;

type Tools = { accesses: ApiKeys; clock: Clock; newId: () => string };
export type ListedKey = { id: string } & Omit<KeyRecord, 'hash'>;

type CreateKey = { tenant: string; role: Role; system?: string | undefined };

/**
 * Creates a key, and the tenant with its first one. The key is returned once and never stored; at
 * most two keys per role, or per system, live at a time.
 */
export async function createKey(
  { tenant, role, system }: CreateKey,
  tools: Tools,
): Promise<{ id: string; key: string }> {
  if (!tenantName.test(tenant))
    throw new Problem('invalid-request', {
      detail: 'A tenant is 2 to 31 of a-z, 0-9 and -, and begins with a letter.',
    });
  if ((role === 'system') !== (system !== undefined) || (system !== undefined && !systemName.test(system)))
    throw new Problem('invalid-request', {
      detail: 'A key of the role system names its system, and no other key does.',
    });
  const key = mintKey(tenant);
  const id = tools.newId();
  await change(tenant, tools, (keys) => {
    if (keys[id]) return keys; // already written, and the response was lost
    const live = Object.values(keys).filter(
      (record) => record.role === role && record.system === system && !record.revokedAt,
    );
    if (live.length >= 2)
      throw new Problem('too-many-keys', {
        detail: `Revoke one of the two live ${system ?? role} keys first.`,
      });
    return {
      ...keys,
      [id]: { hash: hashOf(key), role, ...(system && { system }), createdAt: rfc3339(tools.clock.now()) },
    };
  });
  return { id, key };
}

/** Takes effect within a minute: a warm function reads a tenant's keys once a minute. */
export async function revokeKey({ tenant, id }: { tenant: string; id: string }, tools: Tools): Promise<void> {
  await change(tenant, tools, (keys) => {
    const record = keys[id];
    if (!record) throw new Problem('not-found', { detail: `${tenant} has no key ${id}.` });
    return { ...keys, [id]: { revokedAt: rfc3339(tools.clock.now()), ...record } };
  });
}

export async function listKeys(tenant: string, { accesses }: Pick<Tools, 'accesses'>): Promise<ListedKey[]> {
  const access = await accesses.read(tenant);
  return Object.entries(access?.keys ?? {}).map(([id, { hash: _, ...record }]) => ({ id, ...record }));
}

async function change(
  tenant: string,
  { accesses }: Tools,
  to: (keys: Access['keys']) => Access['keys'],
): Promise<void> {
  await untilWritten(async () => {
    const access = await accesses.read(tenant);
    return accesses.write(tenant, access, to(access?.keys ?? {}));
  }, `The keys of ${tenant} kept changing`);
}
