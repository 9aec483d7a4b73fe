import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { listSlots } from '#domain/board/list-slots.ts';
import { fromCursor } from '#lib/cursor.ts';
import { endpoint } from '#lib/endpoint.ts';
import { setting } from '#lib/env.ts';
import { cursor, limit, waitSeconds } from '#lib/fields.ts';
import { listAnswer } from '#lib/list-answer.ts';
import { longPoll } from '#lib/long-poll.ts';
import { paged } from '#lib/paged.ts';
import { strong, unchanged } from '#lib/preconditions.ts';
import { store } from '#lib/store.ts';

const available = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();
const query = z.strictObject({ available, site: z.string().min(1).max(64).optional(), limit, cursor, wait: waitSeconds });

/** The tenant's slots by number, as far as events have told: a booking shows here within a second or two. */
export const handler = endpoint({ query, callers }, async ({ query: { wait, limit, cursor, ...filter }, caller, event }) => {
  const question = { tenant: caller.tenant, route: 'slots', filter };
  const from = fromCursor(question, cursor);
  const read = async () =>
    listAnswer(
      event,
      question,
      await paged(limit, from, (most, after) => listSlots(store(), caller.tenant, { ...filter, limit: most, after })),
      ({ view }) => view,
    );
  return longPoll(
    { seconds: Math.min(wait, setting('MAX_WAIT_SECONDS')), clock: store().clock },
    read,
    ({ etag }) => !unchanged(event, strong(etag), undefined),
  );
});
