import * as z from 'zod';
import { instant } from '#lib/http/fields.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { text } from '#lib/text.ts';
import { phases } from './receive-answer.ts';

/** A late answer, as a system's hook sends it. */
export const lateAnswerFields = z.strictObject({
  event_id: uuid,
  phase: z.enum(phases),
  result: z.enum(['yes', 'no']),
  reason: text(200, 0).optional(),
  valid_until: instant.optional(),
});
