import * as z from 'zod';
import { accepting } from '#domain/accepting.ts';
import { callers } from '#domain/access/callers.ts';
import { acceptSync, understood } from '#domain/syncs/accept-sync.ts';
import { acceptedAnswer } from '#domain/syncs/accepted-answer.ts';
import { endpoint } from '#lib/endpoint.ts';
import { uuid } from '#lib/uuid-field.ts';

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
    token: id,
    route: 'events',
    onCommitFailure: 'retry' as const,
    asked: {},
    taskToken,
  };
  return acceptedAnswer(await acceptSync(command, accepting()), '');
});
