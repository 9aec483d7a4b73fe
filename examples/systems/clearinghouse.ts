import * as z from 'zod';
import type { Clock } from '#lib/clock.ts';
import { clearinghouseBooks } from './clearinghouse-books.ts';
import { operation, servePartner } from './server.ts';

const authorize = z.strictObject({
  key: z.string().min(1).max(200),
  /** Minor units; a co-pay of zero is a payment, too. */
  amount: z.int().min(0),
  currency: z.string().regex(/^[A-Z]{3}$/),
  slot: z.union([z.string().min(1), z.int()]),
  not_after: z.iso.datetime({ offset: true }),
});
const settle = z.strictObject({ not_after: z.iso.datetime({ offset: true }).optional() });

/** The Payment Clearinghouse over HTTP, as `systems/clearinghouse.json` describes it. */
export function serveClearinghouse({ clock, host = '127.0.0.1' }: { clock: Clock; host?: string }) {
  const books = clearinghouseBooks({ clock });
  const answered = (key: string, answer: ReturnType<typeof books.capture>, fresh = 200) =>
    'refused' in answer
      ? { status: refusals[answer.refused] ?? 409, body: { error: answer.refused } }
      : { status: answer.effect ? fresh : 200, body: { authorization: key, state: answer.state } };

  const settling = (call: 'capture' | 'void' | 'refund') =>
    operation(`/authorizations/{key}/${call}`, settle, ({ key, refuse }) => {
      if (refuse) books.expire(key);
      return answered(key, books[call](key));
    });

  return servePartner({
    clock,
    host,
    entries: books.entries,
    operations: {
      authorize: operation(
        '/authorizations',
        authorize,
        ({ key, body: { amount, currency, not_after }, refuse, arrivedAt }) => {
          const order = { amount, currency, notAfter: Date.parse(not_after) };
          if (refuse) books.decline(key);
          return answered(key, books.authorize(key, order, arrivedAt), 201);
        },
      ),
      capture: settling('capture'),
      void: settling('void'),
      refund: settling('refund'),
      renew: operation('/authorizations/{key}/renew', settle, ({ key }) => ({
        status: 200,
        body: { authorization: key, state: books.renew(key) },
      })),
    },
  });
}

const refusals: Partial<Record<string, number>> = { declined: 402, unknown: 404, expired: 410 };
