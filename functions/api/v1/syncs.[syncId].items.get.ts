import * as z from 'zod';
import { itemListAnswer } from '#domain/syncs/batches/item-answer.ts';
import { itemResults } from '#domain/syncs/batches/item-results.ts';
import { showItems } from '#domain/syncs/batches/show-items.ts';
import { exampleSyncPath } from '#domain/syncs/sync-answer.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { cursor, limit } from '#lib/http/fields.ts';
import { listAnswer } from '#lib/http/list-answer.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { text } from '#lib/text.ts';
import { tenantDoor } from '#wiring/access.ts';
import { itemTools } from '#wiring/batches.ts';

const path = z.strictObject({ syncId: uuid });
const query = z.strictObject({
  system: text(31).optional(),
  result: z.enum(itemResults).optional(),
  limit,
  cursor,
});

export const api = {
  summary: 'List the items of a batch',
  path,
  query,
  example: exampleSyncPath,
  answers: { 200: itemListAnswer },
  problems: ['not-found'],
} satisfies Declaration;

/** The outcome of each item of a batch at each system. Each answer reads the whole batch once. */
export const handler = tenantDoor<typeof api>(
  { path, query },
  async ({ path: { syncId }, query, caller: { tenant }, event }) => {
    const { limit, cursor, ...filter } = query;
    const read = await showItems({ tenant, syncId, ...filter }, itemTools());
    return listAnswer(
      { tenant, route: `syncs/${syncId}/items`, filter, event, limit, cursor, pages: 1 },
      read,
      ({ view }) => view,
    );
  },
);
