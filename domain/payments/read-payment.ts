import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/table.ts';
import type { Payment } from './payment.ts';

export const readPayment = async (
  { table }: Pick<Store, 'table'>,
  tenant: string,
  hold: string,
): Promise<Payment | undefined> =>
  (await table.getItem(keys.payment(tenant, hold), 'read-payment')) as Payment | undefined;
