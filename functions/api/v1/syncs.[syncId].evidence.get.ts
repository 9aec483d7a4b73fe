import * as z from 'zod';
import { showEvidence } from '#domain/syncs/evidence/show-evidence.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { digest } from '#lib/ids.ts';
import { Problem } from '#lib/problem.ts';
import { callers } from '#wiring/access.ts';
import { evidenceTools } from '#wiring/evidence.ts';

const path = z.strictObject({ syncId: uuid });
const query = z.strictObject({ item: z.string().min(1).max(64).optional() });
/** An item is shown whole, or its proof would prove nothing: and it may say who somebody is. */
const seeItems = ['publisher', 'operator'];

/** A function may answer with 6 MB, in which this text is a string once more, and headers are. */
const mostBytes = 5_000_000;

/** What was done for a sync, in a form that anybody can check without us; with `item`, also what has become of that item of its batch. */
export const handler = endpoint(
  { path, query, callers },
  async ({ path, query: { item }, caller: { tenant, role } }) => {
    if (item !== undefined && !seeItems.includes(role))
      throw new Problem('forbidden', {
        detail: `Items are shown to keys of the roles ${seeItems.join(' and ')}; yours is ${role}.`,
      });
    const bundle = await showEvidence({ tenant, syncId: path.syncId, item }, evidenceTools());
    const text = JSON.stringify(bundle);
    const how = `${path.syncId} --tenant ${tenant}${item === undefined ? '' : ` --item ${item}`} -o bundle.json`;
    if (Buffer.byteLength(JSON.stringify(text)) > mostBytes)
      throw new Problem('answer-too-large', { detail: `npx lockstep evidence get ${how}` });
    return { status: 200, etag: digest(bundle.rows.at(-1)?.hash, bundle.checkpoint?.text, item), text };
  },
);
