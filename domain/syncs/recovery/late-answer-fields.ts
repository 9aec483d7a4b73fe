import * as z from 'zod';
import { uuid } from '#lib/http/uuid-field.ts';
import { phases } from './receive-answer.ts';

/** A late answer, as a system's hook sends it. */
export const lateAnswerFields = z.strictObject({
  event_id: uuid,
  phase: z.enum(phases),
  result: z.enum(['yes', 'no']),
  reason: z.string().max(200).optional(),
  valid_until: z.iso.datetime().optional(),
});
