import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { itemResults } from '#domain/batches/item-results.ts';
import { showItems, showing } from '#domain/show-items.ts';
import { endpoint } from '#lib/endpoint.ts';
import { cursor, limit } from '#lib/fields.ts';
import { listAnswer } from '#lib/list-answer.ts';
import { uuid } from '#lib/uuid-field.ts';

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
    const token = path.syncId;
    const read = await showItems({ tenant, token, ...filter }, showing());
    return listAnswer(
      { tenant, route: `syncs/${token}/items`, filter, event, limit, cursor, pages: 1 },
      read,
      ({ view }) => view,
    );
  },
);
