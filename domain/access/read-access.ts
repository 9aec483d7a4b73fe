import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/table.ts';
import type { Access } from './api-key.ts';

export const readAccess = async (
  { table }: Pick<Store, 'table'>,
  tenant: string,
): Promise<Access | undefined> =>
  (await table.getItem(keys.access(tenant), 'read-access')) as Access | undefined;
