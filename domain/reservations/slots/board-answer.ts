import * as z from 'zod';
import type { Answer } from '#lib/http/declaration.ts';

const count = z.int().nonnegative();

/** Counts of free and taken slots at each site. */
export const boardAnswer = {
  description: 'The sites that have slots, by name.',
  schema: z
    .object({ sites: z.array(z.object({ site: z.string(), free: count, taken: count })) })
    .meta({ id: 'Board' }),
  example: { sites: [{ site: 'Main Street Clinic', free: 3, taken: 1 }] },
  headers: ['ETag'],
} satisfies Answer;
