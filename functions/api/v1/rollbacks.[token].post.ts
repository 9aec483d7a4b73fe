import * as z from 'zod';
import { exampleUndo, undoAskedAnswer, undoProblems } from '#domain/syncs/undo-answer.ts';
import { planNamed, undoFields } from '#domain/syncs/undo-fields.ts';
import { undoSync } from '#domain/syncs/undo-sync.ts';
import type { Declaration } from '#lib/declaration.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import { uuid } from '#lib/uuid-field.ts';
import { tenantDoor } from '#wiring/access.ts';
import { undoingTools } from '#wiring/syncs.ts';

const path = z.strictObject({ token: uuid });

export const api = {
  summary: 'Undo a sync',
  path,
  body: undoFields,
  headers: ['If-Match'],
  example: exampleUndo,
  answers: { 202: undoAskedAnswer },
  problems: undoProblems,
} satisfies Declaration;

/** One token takes everything back, whenever it is asked for; where others were built upon it, on the plan that was read. The same call again is the same answer. */
export const handler = tenantDoor<typeof api>(
  { path, body: undoFields, role: 'publisher' },
  async ({ path, body: { plan, later }, caller: { tenant, keyId: by }, event }) => {
    const named = planNamed(plan, event.headers['if-match']);
    const { token, undo } = await undoSync(
      { tenant, token: path.token, by, plan: named, later },
      undoingTools(),
    );
    return {
      status: 202,
      headers: { Location: `../syncs/${token}` },
      body: { status: 'accepted', rollback_token: token, sync_id: token, asked_at: rfc3339(undo?.at ?? 0) },
    };
  },
);
