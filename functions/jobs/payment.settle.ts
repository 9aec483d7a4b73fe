import * as z from 'zod';
import { settlement } from '#domain/settlement.ts';
import { worker } from '#lib/worker.ts';

const data = z.strictObject({
  tenant: z.string(),
  slot: z.int().positive(),
  hold: z.string().length(16),
  again: z.boolean().optional(),
});

/** Drives the payment of one hold to what its slot says: captured, voided or refunded. */
export const handler = worker({
  name: 'payment.settle',
  data,
  park: () => settlement().park,
  run: (message) => settlement().settle(message),
});
