import * as z from 'zod';
import { exampleUndo, undoProblems, undoRequestedAnswer } from '#domain/syncs/undo/undo-answer.ts';
import { planNamed, undoFields } from '#domain/syncs/undo/undo-fields.ts';
import { undoSync } from '#domain/syncs/undo/undo-sync.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import { tenantDoor } from '#wiring/access.ts';
import { undoingTools } from '#wiring/deployed-tools.ts';

const path = z.strictObject({ token: uuid });

export const api = {
  summary: 'Undo a sync',
  path,
  body: undoFields,
  headers: ['If-Match'],
  example: exampleUndo,
  answers: { 202: undoRequestedAnswer },
  problems: undoProblems,
} satisfies Declaration;

/** Undoes a sync; where later syncs conflict, by the plan read. A repeat gets the same answer. */
export const handler = tenantDoor<typeof api>(
  { path, body: undoFields, role: 'publisher' },
  async ({ path, body: { plan, later }, caller: { tenant, keyId: by }, event }) => {
    const named = planNamed(plan, event.headers['if-match']);
    const { syncId, undo } = await undoSync(
      { tenant, syncId: path.token, by, plan: named, later },
      undoingTools(),
    );
    return {
      status: 202,
      headers: { Location: `../syncs/${syncId}` },
      body: { status: 'accepted', rollback_token: syncId, sync_id: syncId, asked_at: rfc3339(undo?.at ?? 0) },
    };
  },
);
