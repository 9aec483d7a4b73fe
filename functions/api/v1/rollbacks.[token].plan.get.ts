import * as z from 'zod';
import { callers } from '#domain/access/callers.ts';
import { planUndo } from '#domain/syncs/plan-undo.ts';
import { undoing } from '#domain/undoing.ts';
import { endpoint } from '#lib/endpoint.ts';
import { uuid } from '#lib/uuid-field.ts';

const path = z.strictObject({ token: uuid });

/** What `POST /rollbacks/{token}` would do now, and what stands against it. Nothing is written: a token that nobody has seen yet has a plan, too. */
export const handler = endpoint({ path, callers }, async ({ path: { token }, caller: { tenant } }) => ({
  status: 200,
  ...(await planUndo({ tenant, token }, undoing())),
}));
