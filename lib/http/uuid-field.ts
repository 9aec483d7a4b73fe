import * as z from 'zod';
import { uuidOf } from '#lib/uuid.ts';

const nil = '00000000-0000-0000-0000-000000000000';

/** A UUID in any spelling, parsed to lower case with hyphens. The nil UUID names nothing. */
export const uuid = z.string().transform((text, context) => {
  const id = uuidOf(text);
  if (!id) context.addIssue({ code: 'custom', message: 'A UUID, with or without hyphens.' });
  if (id === nil) context.addIssue({ code: 'custom', message: 'Not the nil UUID, which names nothing.' });
  return id ?? '';
});
