import * as z from 'zod';
import { exampleToken, undoPlanAnswer } from '#domain/syncs/undo/undo-answer.ts';
import { planUndo } from '#domain/syncs/undo/undo-plan.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { tenantDoor } from '#wiring/access.ts';
import { undoPlanTools } from '#wiring/deployed-tools.ts';

const path = z.strictObject({ token: uuid });

export const api = {
  summary: 'Read the plan of an undo',
  path,
  example: exampleToken,
  answers: { 200: undoPlanAnswer },
  problems: [],
} satisfies Declaration;

/**
 * The undo plan: what `POST /rollbacks/{token}` would do now, and which later syncs conflict with
 * it. Nothing is written, and a token without a sync has a plan, too.
 */
export const handler = tenantDoor<typeof api>({ path }, async ({ path: { token }, caller: { tenant } }) => ({
  status: 200 as const,
  ...(await planUndo({ tenant, syncId: token }, undoPlanTools())),
}));
