import type { Item } from '#lib/aws/table.ts';

/**
 * The payment of one hold. An intent (…ing) is written before each call: a worker that finds one
 * repeats the call under the same key and finishes it.
 */
export type Payment = Item & { v: number; state: PaymentState; slot: number; hold: string };
export type PaymentIntent = 'capturing' | 'voiding' | 'refunding';
export type Rest = 'captured' | 'voided' | 'refunded' | 'capture-refused';
export type PaymentState = PaymentIntent | Rest;

/**
 * What finishes each intent: the call, and the state after a yes. A refused capture is a final
 * state of its own, for an operator.
 */
export const intentCalls = {
  capturing: { call: 'capture', done: 'captured' },
  voiding: { call: 'void', done: 'voided' },
  refunding: { call: 'refund', done: 'refunded' },
} as const satisfies Record<PaymentIntent, { call: string; done: Rest }>;

export const isIntent = (state: PaymentState | undefined): state is PaymentIntent =>
  state !== undefined && state in intentCalls;

/** The next intent from the payment's state towards the slot's; undefined when they agree. */
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
