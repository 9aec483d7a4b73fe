import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/aws/table.ts';
import type { Payment, PaymentIntent, Rest } from './payment.ts';

export const readPayment = async (
  { table }: Pick<Store, 'table'>,
  tenant: string,
  hold: string,
): Promise<Payment | undefined> =>
  (await table.getItem(keys.payment(tenant, hold), 'read-payment')) as Payment | undefined;

/** The two writes of a payment: the intent of a call, and its outcome. */
export const paymentsOn = ({ table }: Store) => ({
  read: (tenant: string, hold: string) => readPayment({ table }, tenant, hold),

  /**
   * Writes the intent of the next call. Promises: the payment is in the state that was read.
   * Returns the stored payment.
   */
  async intend(
    tenant: string,
    slot: number,
    hold: string,
    from: Payment | undefined,
    intent: PaymentIntent,
  ): Promise<Payment> {
    const decision = await table.updateItem({
      label: intent,
      key: keys.payment(tenant, hold),
      update: 'SET #state = :intent, #slot = :slot, #hold = :hold, #v = if_not_exists(#v, :zero) + :one',
      condition: from ? '#v = :v' : 'attribute_not_exists(#pk)',
      values: { intent, slot, hold, zero: 0, one: 1, ...(from && { v: from.v }) },
    });
    return decision.item as Payment;
  },

  /**
   * Writes the outcome of an intent. Promises: that intent is still the last write. Returns the
   * stored payment.
   */
  async settle(tenant: string, { hold, v, state }: Payment, rest: Rest): Promise<Payment> {
    const decision = await table.updateItem({
      label: rest,
      key: keys.payment(tenant, hold),
      update: 'SET #state = :rest, #v = #v + :one',
      condition: '#state = :intent AND #v = :v',
      values: { rest, intent: state, v, one: 1 },
    });
    return decision.item as Payment;
  },
});

export type Payments = ReturnType<typeof paymentsOn>;
