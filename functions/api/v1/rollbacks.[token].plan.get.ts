import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { findSync } from '#domain/syncs/read-sync.ts';
import { undoPlan } from '#domain/syncs/undo-plan.ts';
import { endpoint } from '#lib/endpoint.ts';
import { store } from '#lib/store.ts';
import { uuid } from '#lib/uuid-field.ts';

const path = z.strictObject({ token: uuid });

/** What `POST /rollbacks/{token}` would do now. Nothing is written: a token that nobody has seen yet has a plan, too. */
export const handler = endpoint({ path, callers }, async ({ path: { token }, caller }) => {
  const sync = await findSync(store(), caller.tenant, token);
  return { status: 200, ...undoPlan(token, sync, store().clock.now()) };
});
