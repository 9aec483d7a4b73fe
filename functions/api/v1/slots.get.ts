import * as z from 'zod';
import { slotListAnswer } from '#domain/reservations/slots/slot-answer.ts';
import { listSlots } from '#domain/reservations/slots/slot-list.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { cursor, flag, limit, waitSeconds } from '#lib/http/fields.ts';
import { listAnswer } from '#lib/http/list-answer.ts';
import { untilNew } from '#lib/http/long-poll.ts';
import { text } from '#lib/text.ts';
import { tenantDoor } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const query = z.strictObject({
  available: flag.optional(),
  site: text(64).optional(),
  limit,
  cursor,
  wait: waitSeconds,
});

export const api = {
  summary: 'List slots',
  query,
  example: { query: { available: 'true', limit: 20 } },
  answers: { 200: slotListAnswer },
  problems: [],
} satisfies Declaration;

/** The tenant's slots by number, built from events: they may lag by a second or two. */
export const handler = tenantDoor<typeof api>(
  { query },
  ({ query: { wait, limit, cursor, ...filter }, caller: { tenant }, event }) => {
    const read = (range: { limit: number; after: string | undefined }) =>
      listSlots(deployedStore(), tenant, { ...filter, ...range });
    const asked = { tenant, route: 'slots', filter, event, limit, cursor };
    return untilNew(event, wait, deployedStore().clock, () => listAnswer(asked, read, ({ view }) => view));
  },
);
