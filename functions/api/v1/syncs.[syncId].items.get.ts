import * as z from 'zod';
import { itemResults } from '#domain/syncs/batches/item-results.ts';
import { showItems } from '#domain/syncs/batches/show-items.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { cursor, limit } from '#lib/http/fields.ts';
import { listAnswer } from '#lib/http/list-answer.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { callers } from '#wiring/access.ts';
import { itemTools } from '#wiring/batches.ts';

const path = z.strictObject({ syncId: uuid });
const query = z.strictObject({
  system: z.string().min(1).max(31).optional(),
  result: z.enum(itemResults).optional(),
  limit,
  cursor,
});

/** What has become of each item of a batch at each system. A sync without a batch has no such list. The batch is read once for an answer, however short that is. */
export const handler = endpoint(
  { path, query, callers },
  async ({ path, query, caller: { tenant }, event }) => {
    const { limit, cursor, ...filter } = query;
    const syncId = path.syncId;
    const read = await showItems({ tenant, syncId, ...filter }, itemTools());
    return listAnswer(
      { tenant, route: `syncs/${syncId}/items`, filter, event, limit, cursor, pages: 1 },
      read,
      ({ view }) => view,
    );
  },
);
