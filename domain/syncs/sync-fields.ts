import * as z from 'zod';
import { instant } from '#lib/fields.ts';
import { uuid8 } from '#lib/uuid.ts';
import { understood } from './accept-sync.ts';

/** A change of several systems, as a publisher asks for it. */
export const syncFields = z.strictObject({
  type: z.string().max(100),
  payload: z.unknown(),
  deadline: instant.optional(),
  on_commit_failure: z.enum(['retry', 'compensate']).default('retry'),
  callback_task_token: z.string().min(1).max(2048).optional(),
});

/** What it asks for under this key: the token is derived from it, so the same key is the same sync. A task token is new in each try of a caller's, and no part of the request. */
export const toCommand = (
  { type, payload, deadline, on_commit_failure, callback_task_token }: z.output<typeof syncFields>,
  { tenant, key }: { tenant: string; key: string },
) => ({
  ...understood(type, payload),
  tenant,
  token: uuid8(tenant, 'syncs', key),
  route: 'syncs',
  deadline,
  onCommitFailure: on_commit_failure,
  asked: { deadline, on_commit_failure },
  taskToken: callback_task_token,
});
