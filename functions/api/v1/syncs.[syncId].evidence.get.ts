import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { showEvidence } from '#domain/show-evidence.ts';
import { endpoint } from '#lib/endpoint.ts';
import { digest } from '#lib/ids.ts';
import { objects } from '#lib/objects.ts';
import { Problem } from '#lib/problem.ts';
import { ledgerTable, store } from '#lib/store.ts';
import { uuid } from '#lib/uuid-field.ts';

const path = z.strictObject({ syncId: uuid });
const query = z.strictObject({ item: z.string().min(1).max(64).optional() });
/** An item is shown whole, or its proof would prove nothing: and it may say who somebody is. */
const seeItems = ['publisher', 'operator'];

/** What was done for a sync, in a form that anybody can check without us; with `item`, also what has become of that item of its batch. */
export const handler = endpoint({ path, query, callers }, async ({ path, query: { item }, caller: { tenant, role } }) => {
  if (item !== undefined && !seeItems.includes(role))
    throw new Problem('forbidden', { detail: `Items are shown to keys of the roles ${seeItems.join(' and ')}; yours is ${role}.` });
  const bundle = await showEvidence({ tenant, token: path.syncId, item }, { store: store(), ledger: ledgerTable(), objects: objects() });
  return { status: 200, etag: digest(bundle.rows.at(-1)?.hash, bundle.checkpoint?.text, item), body: bundle };
});
