import * as z from 'zod';
import { acceptSync } from '#domain/syncs/accept/accept-sync.ts';
import { acceptedAnswer, eventProblems } from '#domain/syncs/accept/accepted-answer.ts';
import { changeFields, parseChange } from '#domain/syncs/change.ts';
import { exampleSyncId } from '#domain/syncs/sync-answer.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { text } from '#lib/text.ts';
import { tenantDoor } from '#wiring/access.ts';
import { acceptingTools } from '#wiring/deployed-tools.ts';
import { acceptedReply } from '#wiring/sync-answers.ts';

const body = z.strictObject({
  id: uuid,
  ...changeFields,
  callback_task_token: text(2048).optional(),
});

export const api = {
  summary: 'Send an event that changes outside systems',
  body,
  example: { body: { id: exampleSyncId, type: 'benefit.adjusted', payload: { state: 'OH', delta_usd: 25 } } },
  answers: { 202: acceptedAnswer },
  problems: eventProblems,
} satisfies Declaration;

/** Accepts an event. Its id is the idempotency key, the sync's id and the rollback token. */
export const handler = tenantDoor<typeof api>({ body, role: 'publisher' }, async ({ body, caller }) => {
  const { id, callback_task_token: taskToken, ...change } = body;
  const command = {
    ...parseChange(change),
    tenant: caller.tenant,
    syncId: id,
    route: 'events',
    onCommitFailure: 'retry' as const,
    asked: {},
    taskToken,
  };
  return acceptedReply(await acceptSync(command, acceptingTools()), '');
});
