import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';

export type Answer = { status: number; body: unknown };
/** One call as it stands before the partner: what acting on it or refusing it would answer, and the wire back. */
type Turn = { act: () => Answer; refuse: () => Answer; answer: (answer: Answer) => void; drop: () => void; delay: () => Promise<void> };

/** Every way in which a partner can be told to misbehave. Only refuse, late, drop-after and slow reach its books. */
const behaviours = {
  refuse: (turn: Turn) => turn.answer(turn.refuse()),
  fail: (turn: Turn) => turn.answer({ status: 500, body: { error: 'failed' } }),
  hang: () => {},
  /** Acts after the delay, although the caller may have gone. */
  late: async (turn: Turn) => {
    await turn.delay();
    turn.answer(turn.act());
  },
  /** Acts at once, answers after the delay. */
  slow: async (turn: Turn) => {
    const answer = turn.act();
    await turn.delay();
    turn.answer(answer);
  },
  'drop-before': (turn: Turn) => turn.drop(),
  'drop-after': (turn: Turn) => {
    turn.act();
    turn.drop();
  },
};
type Behaviour = keyof typeof behaviours;

const order = z.strictObject({
  call: z.string(),
  behaviour: z.enum(Object.keys(behaviours) as [Behaviour, ...Behaviour[]]),
  /** Of how many such calls. */
  times: z.int().positive().default(1),
  delayMs: z.int().min(0).max(60_000).default(1_000),
});

/** What a partner has been told to do with its next calls. The earliest order that fits a call applies to it. */
export function control(calls: string[], closing: AbortSignal) {
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
    /** Undefined: nothing was ordered, so it behaves. */
    next(call: string): { name: Behaviour; perform: (turn: Omit<Turn, 'delay'>) => void | Promise<void> } | undefined {
      const at = orders.findIndex((order) => order.call === call || order.call === '*');
      const found = orders[at];
      if (!found) return undefined;
      found.times -= 1;
      if (found.times === 0) orders.splice(at, 1);
      const delay = () => wait(found.delayMs, undefined, { signal: closing });
      return { name: found.behaviour, perform: (turn) => behaviours[found.behaviour]({ ...turn, delay }) };
    },
  };
}
