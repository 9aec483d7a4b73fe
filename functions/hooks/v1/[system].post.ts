import * as z from 'zod';
import { answerFromHook, phases, receiveAnswer } from '#domain/syncs/recovery/receive-answer.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { Problem } from '#lib/problem.ts';
import { callers } from '#wiring/access.ts';
import { syncTools } from '#wiring/syncs.ts';

const path = z.strictObject({ system: z.string().max(31) });
const body = z.strictObject({
  event_id: uuid,
  phase: z.enum(phases),
  result: z.enum(['yes', 'no']),
  reason: z.string().max(200).optional(),
  valid_until: z.iso.datetime().optional(),
});

/** A system's late answer to what it was asked: a vote, or a receipt. The same again is the same answer. */
export const handler = endpoint({ path, body, callers, role: 'system' }, async ({ path, body, caller }) => {
  if (caller.system !== path.system)
    throw new Problem('forbidden', { detail: 'This key belongs to another system.' });
  await receiveAnswer(answerFromHook({ tenant: caller.tenant, system: path.system, ...body }), syncTools());
  return { status: 200, body: { status: 'ok' } };
});
