import { createHash, randomBytes } from 'node:crypto';
import { keys } from '#domain/keys.ts';
import type { Item, Store } from '#lib/aws/table.ts';

/**
 * The roles of a key: book and cancel, describe slots, publish changes, operate, or answer as an
 * outside system. Any role of the tenant may read, except `system`.
 */
export const roles = ['booker', 'scheduler', 'publisher', 'operator', 'system'] as const;
export type Role = (typeof roles)[number];

/**
 * A tenant's keys in one item, so that "two live keys per role" is one condition. Only digests are
 * stored.
 */
export type Access = Item & { v: number; keys: Record<string, KeyRecord> };
/** `system`: the outside system of a key with that role. */
export type KeyRecord = { hash: string; role: Role; system?: string; createdAt: string; revokedAt?: string };

export const tenantName = /^[a-z][a-z0-9-]{1,30}$/;

/** `lk_<tenant>_<secret>`; the secret is 256 random bits in base64url. */
export const mintKey = (tenant: string): string => `lk_${tenant}_${randomBytes(32).toString('base64url')}`;

export const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url');

/** The tenant in a key; undefined for any other text. */
export function tenantOf(key: string): string | undefined {
  return /^lk_([a-z][a-z0-9-]{1,30})_[A-Za-z0-9_-]{43}$/.exec(key)?.[1];
}

export const readApiKeys = async (
  { table }: Pick<Store, 'table'>,
  tenant: string,
): Promise<Access | undefined> =>
  (await table.getItem(keys.access(tenant), 'read-access')) as Access | undefined;

/** The writes of a tenant's keys. */
export const apiKeysOn = ({ table }: Store) => ({
  read: (tenant: string) => readApiKeys({ table }, tenant),

  /**
   * Promises: the tenant's keys are the ones that were read (none, for a new tenant). Returns
   * false if they changed: read again.
   */
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
