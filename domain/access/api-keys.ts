import { createHash, randomBytes } from 'node:crypto';
import { keys } from '#domain/keys.ts';
import type { Item, Store } from '#lib/aws/table.ts';

/** What a caller may do: book and cancel, describe slots, change outside systems, operate, or answer as an outside system. Anyone of the tenant may read, an outside system aside. */
export const roles = ['booker', 'scheduler', 'publisher', 'operator', 'system'] as const;
export type Role = (typeof roles)[number];

/** A tenant's credentials: one item, so that "two live keys of a role at a time" is one decision. Only digests are kept. */
export type Access = Item & { v: number; keys: Record<string, KeyRecord> };
/** `system`: the outside system that a key of that role speaks for. */
export type KeyRecord = { hash: string; role: Role; system?: string; createdAt: string; revokedAt?: string };

export const tenantName = /^[a-z][a-z0-9-]{1,30}$/;

/** `lk_<tenant>_<secret>`, the secret being 256 random bits in base64url. */
export const mintKey = (tenant: string): string => `lk_${tenant}_${randomBytes(32).toString('base64url')}`;

export const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url');

/** The tenant that a credential names; undefined for what cannot be one of our keys. */
export function tenantOf(key: string): string | undefined {
  return /^lk_([a-z][a-z0-9-]{1,30})_[A-Za-z0-9_-]{43}$/.exec(key)?.[1];
}

export const readApiKeys = async (
  { table }: Pick<Store, 'table'>,
  tenant: string,
): Promise<Access | undefined> =>
  (await table.getItem(keys.access(tenant), 'read-access')) as Access | undefined;

/** The writes of a tenant's credentials. */
export const apiKeysOn = ({ table }: Store) => ({
  read: (tenant: string) => readApiKeys({ table }, tenant),

  /** Promises: the tenant's keys are the ones that were read (none, for a new tenant). Says false when they are not: read again. */
  async write(tenant: string, from: Access | undefined, all: Record<string, KeyRecord>): Promise<boolean> {
    const decision = await table.updateItem({
      label: 'write-access',
      key: keys.access(tenant),
      update: 'SET #keys = :keys, #v = if_not_exists(#v, :zero) + :one',
      condition: from ? '#v = :v' : 'attribute_not_exists(#pk)',
      values: { keys: all, zero: 0, one: 1, ...(from && { v: from.v }) },
    });
    return decision.accepted;
  },
});

export type ApiKeys = ReturnType<typeof apiKeysOn>;
