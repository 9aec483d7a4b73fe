import * as z from 'zod';
import { evidenceAnswer } from '#domain/syncs/evidence/evidence-answer.ts';
import { sendEvidence } from '#domain/syncs/evidence/send-evidence.ts';
import { exampleSyncPath } from '#domain/syncs/sync-answer.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { text } from '#lib/text.ts';
import { tenantDoor } from '#wiring/access.ts';
import { evidenceTools } from '#wiring/evidence.ts';

const path = z.strictObject({ syncId: uuid });
const query = z.strictObject({ item: text(64).optional() });

export const api = {
  summary: 'Read the evidence of a sync',
  path,
  query,
  example: exampleSyncPath,
  answers: { 200: evidenceAnswer },
  problems: ['not-found', 'answer-too-large'],
} satisfies Declaration;

/**
 * The evidence of a sync, which can be verified without Lockstep. With `item` it includes the
 * outcome of that item of the batch.
 */
export const handler = tenantDoor<typeof api>(
  { path, query },
  async ({ path, query: { item }, caller: { tenant, role } }) => ({
    status: 200,
    ...(await sendEvidence({ tenant, role, syncId: path.syncId, item }, evidenceTools())),
  }),
);
