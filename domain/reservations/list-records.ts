import { keys, padded } from '#domain/keys.ts';
import { Problem } from '#lib/problem.ts';
import type { Page, Store } from '#lib/table.ts';

type Filter = {
  slot?: number | undefined;
  state?: string | undefined;
  limit: number;
  after?: string | undefined;
};

/** The tenant's reservations by slot, as far as events have told. */
export const listRecords = (
  { table }: Store,
  tenant: string,
  { slot, state, limit, after }: Filter,
): Promise<Page> => {
  // A cursor that was made up could point outside of what is asked for, and DynamoDB refuses to begin there.
  if (slot !== undefined && after && !after.startsWith(`${padded(slot)}#`))
    throw new Problem('cursor-invalid');
  return table.queryItems({
    label: 'list-reservations',
    pk: keys.reservation(tenant, 1, '').pk,
    limit,
    ...(slot !== undefined && { prefix: `${padded(slot)}#` }),
    ...(after && { after }),
    ...(state && { filter: '#state = :state', values: { state } }),
  });
};
