import * as z from 'zod';
import { behaviours, type Turn } from './behaviours.ts';

type Behaviour = keyof typeof behaviours;

const order = z.strictObject({
  call: z.string(),
  behaviour: z.enum(Object.keys(behaviours) as [Behaviour, ...Behaviour[]]),
  /** Only for calls with this key. */
  key: z.string().optional(),
  /** Of a batch: only for calls of the chunk with this number, from 0. */
  chunk: z.int().min(0).optional(),
  /** Of a batch: only for calls with the item of this id; an order to refuse refuses that item. */
  item: z.string().optional(),
  /** For this many such calls. */
  times: z.int().positive().default(1),
  delayMs: z.int().min(0).max(60_000).default(1_000),
});

/** The parts of a call that an order may name. */
type About = { key: string; chunk?: number | undefined; items?: { id: string }[] | undefined };

/** A partner's orders for its next calls. The earliest order that matches a call applies to it. */
export function control(calls: string[]) {
  const orders: z.output<typeof order>[] = [];
  const known = order.extend({ call: z.enum([...calls, '*']) });

  return {
    give(body: unknown) {
      orders.push(known.parse(body));
      return orders;
    },
    clear() {
      orders.length = 0;
      return orders;
    },
    /** Undefined: no order matches, so the partner behaves. */
    next(
      call: string,
      about: About,
    ):
      | { name: Behaviour; item?: string; perform: (turn: Omit<Turn, 'delay'>) => void | Promise<void> }
      | undefined {
      const at = orders.findIndex(
        (order) => (order.call === call || order.call === '*') && fits(order, about),
      );
      const found = orders[at];
      if (!found) return undefined;
      found.times -= 1;
      if (found.times === 0) orders.splice(at, 1);
      const { behaviour, delayMs, item } = found;
      return {
        name: behaviour,
        ...(item !== undefined && { item }),
        perform: (turn) => behaviours[behaviour]({ ...turn, delay: () => turn.pause(delayMs) }),
      };
    },
  };
}

const fits = (told: z.output<typeof order>, { key, chunk, items = [] }: About): boolean =>
  (told.key === undefined || told.key === key) &&
  (told.chunk === undefined || told.chunk === chunk) &&
  (told.item === undefined || items.some(({ id }) => id === told.item));
