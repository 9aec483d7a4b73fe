import type { Price } from '#events/slot-data.ts';
import type { Clearinghouse } from './clearinghouse.ts';

type Attempt = { hold: string; slot: { price?: Price }; command: { slot: number }; notAfter: number };

/**
 * The payment check: a pre-authorisation under the hold's id. A slot without a price is authorised
 * for zero, like any other payment.
 */
export const authorization =
  (clearinghouse: Clearinghouse) =>
  ({ hold, slot, command, notAfter }: Attempt): Promise<boolean> =>
    clearinghouse.authorize({
      hold,
      slot: command.slot,
      amount: slot.price?.amount ?? 0,
      currency: slot.price?.currency ?? 'USD',
      notAfter,
    });
