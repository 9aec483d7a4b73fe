import * as z from 'zod';
import { uuidOf } from '#lib/uuid.ts';

/** A UUID in any spelling, parsed to lower case with hyphens. */
export const uuid = z.string().transform((text, context) => {
  const id = uuidOf(text);
  if (!id) context.addIssue({ code: 'custom', message: 'A UUID, with or without hyphens.' });
  return id ?? '';
});
