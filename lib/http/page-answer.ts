import * as z from 'zod';
import type { Answer } from './declaration.ts';

type Shown = { description: string; schema: z.ZodType; example: unknown };

/** A page of a list: its items, and the cursor of the next page if there is one. */
export const pageAnswer = ({ description, schema, example }: Shown) =>
  ({
    description,
    schema: z.object({
      items: z.array(schema),
      next_cursor: z.string().optional().meta({ description: 'Absent on the last page.' }),
    }),
    example: { items: [example] },
    headers: ['ETag', 'Link'],
  }) satisfies Answer;
