import type { Clock } from '#lib/clock.ts';
import { Problem } from '#lib/problem.ts';
import type { Clearinghouse } from './clearinghouse.ts';
import { intentCalls, isIntent, nextIntent, type Payment, type Rest } from './payment.ts';
import type { Payments } from './payments.ts';

/** `again`: an operator retries a refused capture. */
export type SettlePayment = { tenant: string; slot: number; hold: string; again?: boolean | undefined };

/**
 * The slot's two writes for settling: release an expired hold, and close one whose payment is
 * settled.
 */
type Holds = {
  letGo(tenant: string, slot: number, hold: string): Promise<'booked' | 'gone'>;
  close(tenant: string, slot: number, hold: string, compared: 'booked' | 'gone'): Promise<boolean>;
};
type Tools = { holds: Holds; payments: Payments; clearinghouse: Clearinghouse; clock: Clock };

/**
 * More turns than any payment has steps: past it two writers conflict, and the message is retried.
 */
const turns = 8;
/** How long after its start a worker may still send a call: a frozen one sends nothing late. */
const budgetMs = 10_000;

/**
 * Drives a hold's payment to what the slot says: captured if booked, voided or refunded if not. It
 * finishes any intent it finds, compares again, and closes the hold before it returns, so that a
 * repeat, crash or race changes nothing.
 */
export async function settlePayment(
  { tenant, slot, hold, again = false }: SettlePayment,
  tools: Tools,
): Promise<Rest> {
  const { holds, payments, clock } = tools;
  const notAfter = clock.now() + budgetMs;
  let payment = await payments.read(tenant, hold);
  let insist = again;
  for (let turn = 0; turn < turns; turn++) {
    if (isIntent(payment?.state)) {
      payment = await finish(tenant, payment as Payment, notAfter, tools);
      continue;
    }
    const says = await holds.letGo(tenant, slot, hold);
    const intent = nextIntent(payment?.state, says, insist);
    if (intent) {
      insist = false;
      payment = await payments.intend(tenant, slot, hold, payment, intent);
    } else if (await holds.close(tenant, slot, hold, says)) {
      return atRest(payment as Payment, says);
    }
  }
  throw new Error('Another worker is settling this payment');
}

async function finish(
  tenant: string,
  payment: Payment,
  notAfter: number,
  { payments, clearinghouse }: Tools,
): Promise<Payment> {
  const { call, done } = intentCalls[payment.state as keyof typeof intentCalls];
  const agreed = await clearinghouse[call](payment, notAfter);
  if (agreed) return payments.settle(tenant, payment, done);
  if (call === 'capture') return payments.settle(tenant, payment, 'capture-refused');
  throw new Problem('payment-refused', { detail: `The clearinghouse refuses to ${call}.` });
}

/**
 * The booking stays although the capture was refused: an operator is told, and nothing is undone
 * without the customer.
 */
function atRest({ state }: Payment, says: 'booked' | 'gone'): Rest {
  if (says === 'booked' && state === 'capture-refused')
    throw new Problem('payment-refused', { detail: 'The clearinghouse refuses to capture.' });
  return state as Rest;
}
