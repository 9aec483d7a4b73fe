import * as z from 'zod';
import { settlePayment } from '#domain/reservations/payments/settle-payment.ts';
import { worker } from '#lib/worker.ts';
import { parking } from '#wiring/relay.ts';
import { settlingTools } from '#wiring/reservations.ts';

const data = z.strictObject({
  tenant: z.string(),
  slot: z.int().positive(),
  hold: z.string().length(16),
  again: z.boolean().optional(),
});

/** Settles the payment of one hold by the state of its slot: captures, voids or refunds it. */
export const handler = worker({
  name: 'payment.settle',
  data,
  park: parking,
  run: (message) => settlePayment(message, settlingTools()),
});
