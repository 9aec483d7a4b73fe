import * as z from 'zod';
import { acceptSync, understood } from '#domain/syncs/accept/accept-sync.ts';
import { acceptedAnswer, eventProblems, exampleEvent } from '#domain/syncs/accept/accepted-answer.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { text } from '#lib/text.ts';
import { tenantDoor } from '#wiring/access.ts';
import { acceptedTold } from '#wiring/sync-answers.ts';
import { acceptingTools } from '#wiring/syncs.ts';

const body = z.strictObject({
  id: uuid,
  type: text(100),
  payload: z.unknown(),
  callback_task_token: text(2048).optional(),
});

export const api = {
  summary: 'Tell an event that changes outside systems',
  body,
  example: { body: exampleEvent },
  answers: { 202: acceptedAnswer },
  problems: eventProblems,
} satisfies Declaration;

/** Accepts an event. Its id is the idempotency key, the sync's id and the rollback token. */
export const handler = tenantDoor<typeof api>({ body, role: 'publisher' }, async ({ body, caller }) => {
  const { id, type, payload, callback_task_token: taskToken } = body;
  const command = {
    ...understood(type, payload),
    tenant: caller.tenant,
    syncId: id,
    route: 'events',
    onCommitFailure: 'retry' as const,
    asked: {},
    taskToken,
  };
  return acceptedTold(await acceptSync(command, acceptingTools()), '');
});
