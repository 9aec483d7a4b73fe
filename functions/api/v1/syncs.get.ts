import * as z from 'zod';
import { syncListAnswer } from '#domain/syncs/listed-sync-answer.ts';
import { states } from '#domain/syncs/sync.ts';
import { listSyncs } from '#domain/syncs/sync-list.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { cursor, instant, limit } from '#lib/http/fields.ts';
import { listAnswer } from '#lib/http/list-answer.ts';
import { text } from '#lib/text.ts';
import { tenantDoor } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const type = text(100).optional();
const query = z.strictObject({
  state: z.enum(states).optional(),
  type,
  since: instant.optional(),
  limit,
  cursor,
});

export const api = {
  summary: 'List syncs',
  query,
  example: { query: { state: 'committed', limit: 20 } },
  answers: { 200: syncListAnswer },
  problems: [],
} satisfies Declaration;

/** The tenant's syncs by time of acceptance. The list is built from events, so it may lag. */
export const handler = tenantDoor<typeof api>(
  { query },
  ({ query: { limit, cursor, ...filter }, caller: { tenant }, event }) =>
    listAnswer(
      { tenant, route: 'syncs', filter, event, limit, cursor },
      (range) => listSyncs(deployedStore(), tenant, { ...filter, ...range }),
      ({ view }) => view,
    ),
);
