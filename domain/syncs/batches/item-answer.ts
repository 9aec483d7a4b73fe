import * as z from 'zod';
import { pageAnswer } from '#lib/http/page-answer.ts';
import { phases } from '#systems/protocol.ts';
import { itemResults } from './item-results.ts';

/** Results of a batch, one entry per item and system. */
export const itemListAnswer = pageAnswer({
  description: 'One entry for each item and system, in the order of the batch.',
  schema: z
    .object({
      index: z.int().nonnegative(),
      item_id: z.string(),
      amount_minor: z.int(),
      system: z.string(),
      result: z.enum(itemResults),
      reason: z.string().optional(),
      chunk: z.int().nonnegative().optional(),
      receipt: z
        .object({
          phase: z.enum(phases),
          request: z.string(),
          response: z.string(),
        })
        .optional()
        .meta({ description: "Digests of the request and the answer of the item's chunk." }),
    })
    .meta({ id: 'BatchItem' }),
  example: {
    ...{ index: 0, item_id: 'p-1', amount_minor: 2500, system: 'debit', result: 'committed', chunk: 0 },
    receipt: { phase: 'commit', request: 'kD0-3vJm4cYVh2pXbqT1rg', response: 'q7Rw2mZt9sLx4nPfYc6EJA' },
  },
});
