import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/table.ts';
import type { Access, KeyRecord } from './api-key.ts';
import { readAccess } from './read-access.ts';

/** The writes of a tenant's credentials. */
export const accessesOn = ({ table }: Store) => ({
  read: (tenant: string) => readAccess({ table }, tenant),

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

export type Accesses = ReturnType<typeof accessesOn>;
