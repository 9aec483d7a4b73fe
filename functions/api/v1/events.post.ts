import * as z from 'zod';
import { acceptSync, understood } from '#domain/syncs/accept/accept-sync.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { callers } from '#wiring/access.ts';
import { acceptedAnswer } from '#wiring/sync-answers.ts';
import { acceptingTools } from '#wiring/syncs.ts';

const body = z.strictObject({
  id: uuid,
  type: z.string().max(100),
  payload: z.unknown(),
  callback_task_token: z.string().min(1).max(2048).optional(),
});

/** An event that changes outside systems. Its id is its key, its sync's id and its rollback token. */
export const handler = endpoint({ body, callers, role: 'publisher' }, async ({ body, caller }) => {
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
  return acceptedAnswer(await acceptSync(command, acceptingTools()), '');
});
