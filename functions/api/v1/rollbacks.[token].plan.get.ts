import * as z from 'zod';
import { planUndo } from '#domain/syncs/undo/undo-plan.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { callers } from '#wiring/access.ts';
import { undoingTools } from '#wiring/syncs.ts';

const path = z.strictObject({ syncId: uuid });

/** What `POST /rollbacks/{token}` would do now, and what stands against it. Nothing is written: a token that nobody has seen yet has a plan, too. */
export const handler = endpoint({ path, callers }, async ({ path: { syncId }, caller: { tenant } }) => ({
  status: 200,
  ...(await planUndo({ tenant, syncId }, undoingTools())),
}));
