import * as z from 'zod';
import { uuid } from '#lib/uuid-field.ts';
import { phases, type ReceiveAnswer } from './receive-answer.ts';

/** A late answer, as an outside system sends it. */
export const lateAnswerFields = z.strictObject({
  event_id: uuid,
  phase: z.enum(phases),
  result: z.enum(['yes', 'no']),
  reason: z.string().max(200).optional(),
  valid_until: z.iso.datetime().optional(),
});

export const toAnswer = (
  { event_id, result, valid_until, ...said }: z.output<typeof lateAnswerFields>,
  by: { tenant: string; system: string },
): ReceiveAnswer => ({
  ...said,
  ...by,
  wire: event_id,
  yes: result === 'yes',
  validUntil: valid_until ? Date.parse(valid_until) : undefined,
});
