import * as z from 'zod';
import { itemListAnswer } from '#domain/syncs/batches/item-answer.ts';
import { itemResults } from '#domain/syncs/batches/item-results.ts';
import { showItems } from '#domain/syncs/batches/show-items.ts';
import { exampleSyncPath } from '#domain/syncs/sync-answer.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { cursor, limit } from '#lib/http/fields.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { text } from '#lib/text.ts';
import { tenantDoor } from '#wiring/access.ts';
import { itemTools } from '#wiring/batches.ts';
import { listDoor } from '#wiring/list-door.ts';

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
export const handler = listDoor<typeof api>(
  tenantDoor,
  { path, query, list: 'syncs/{syncId}/items', pages: 1 },
  (tenant, asking) => showItems({ tenant, ...asking }, itemTools()),
);
