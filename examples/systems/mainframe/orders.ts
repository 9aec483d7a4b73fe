import * as z from 'zod';

const wire = [
  'refuse',
  'fail',
  'hang',
  'late',
  'slow',
  'drop-before',
  'drop-after',
  'die',
  'die-after',
] as const;
/**
 * The misbehaviours that can be ordered, by call. `process` is no call, but the mainframe's taking
 * of a file. A write is one file from open to close, and so is a read.
 */
const able = {
  connect: ['refuse', 'hang', 'drop-before', 'die', 'other-key'],
  /**
   * `cut`: reports a complete write without the end of the file. `full`: has room for half of it.
   */
  write: [...wire, 'cut', 'full'],
  read: [...wire, 'cut'],
  size: wire,
  /** `lose`: reports success, and the file is gone. */
  rename: [...wire, 'lose'],
  remove: wire,
  list: wire,
  process: ['refuse', 'hang', 'ongoing', 'slow', 'repeat', 'lose', 'cut', 'wrong-id', 'die', 'die-after'],
} as const satisfies Record<string, readonly string[]>;

export type Call = keyof typeof able;
export type Behaviour = (typeof able)[Call][number];
const calls = Object.keys(able) as Call[];
const behaviours = [...new Set(Object.values(able).flat())] as Behaviour[];
const can = (call: Call, behaviour: Behaviour) => (able[call] as readonly string[]).includes(behaviour);

const order = z
  .strictObject({
    call: z.enum([...calls, '*']),
    behaviour: z.enum(behaviours),
    /** Only for files of this sync, by its token on the wire. */
    key: z.string().optional(),
    /** Only for a file with this item, which the refusal then names. */
    item: z.string().optional(),
    times: z.int().positive().default(1),
    delayMs: z.int().min(0).max(60_000).default(1_000),
  })
  .refine(({ call, behaviour }) => call === '*' || can(call, behaviour), { path: ['behaviour'] })
  .refine(({ call, item }) => item === undefined || call === 'process', { path: ['item'] });

export type Told = Pick<z.output<typeof order>, 'behaviour' | 'delayMs' | 'item'>;
type About = { key: string; has?: ((item: string) => boolean) | undefined };

/** The mainframe's orders for its next calls. The earliest order that matches applies. */
export function mainframeOrders() {
  const orders: z.output<typeof order>[] = [];
  return {
    give(body: unknown) {
      orders.push(order.parse(body));
      return orders;
    },
    clear() {
      orders.length = 0;
      return orders;
    },
    /** Undefined: no order matches, so the mainframe behaves. */
    next(call: Call, { key, has = () => false }: About): Told | undefined {
      const fits = (told: z.output<typeof order>) =>
        (told.call === call || (told.call === '*' && can(call, told.behaviour))) &&
        (told.key === undefined || told.key === key) &&
        (told.item === undefined || has(told.item));
      const at = orders.findIndex(fits);
      const found = orders[at];
      if (!found) return undefined;
      found.times -= 1;
      if (found.times === 0) orders.splice(at, 1);
      return found;
    },
  };
}
