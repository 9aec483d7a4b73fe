import type { Item } from '#lib/aws/table.ts';

/**
 * The payment of one hold: what has been asked of the clearinghouse and what came of it. An intent (…ing) is written before each call, so whoever finds one
 * knows that the call may have been made, and finishes it.
 */
export type Payment = Item & { v: number; state: PaymentState; slot: number; hold: string };
export type PaymentIntent = 'capturing' | 'voiding' | 'refunding';
export type Rest = 'captured' | 'voided' | 'refunded' | 'capture-refused';
export type PaymentState = PaymentIntent | Rest;

/** What finishes each intent: the call to make, and where a yes leads. A definite no to a capture is a rest of its own, for an operator. */
export const finishing = {
  capturing: { call: 'capture', done: 'captured' },
  voiding: { call: 'void', done: 'voided' },
  refunding: { call: 'refund', done: 'refunded' },
} as const satisfies Record<PaymentIntent, { call: string; done: Rest }>;

export const isIntent = (state: PaymentState | undefined): state is PaymentIntent =>
  state !== undefined && state in finishing;

/** The next intent on the way from where the payment is to what the slot says; undefined when it is there. */
export function nextIntent(
  state: Rest | undefined,
  slot: 'booked' | 'gone',
  again: boolean,
): PaymentIntent | undefined {
  if (slot === 'booked')
    return state === undefined || (state === 'capture-refused' && again) ? 'capturing' : undefined;
  if (state === 'captured') return 'refunding';
  return state === undefined || state === 'capture-refused' ? 'voiding' : undefined;
}
