import type { Clock } from '#lib/clock.ts';

/**
 * A simulated process: one invocation of a door, a worker or the relay. After a crash its
 * promises neither resolve nor reject.
 */
export type Process = {
  id: number;
  name: string;
  tenant: string;
  alive: boolean;
  calls: number;
  /** The time of the last effect whose answer the process has received. */
  decided: number;
  clock: Clock;
  died?: () => void;
};
type Event = { at: number; order: number; run: () => void };

/** Virtual time: one event after another, with all its immediate consequences before the next. */
export function makeWorld(start = Date.UTC(2027, 0, 15, 9)) {
  const heap: Event[] = [];
  let now = start;
  let order = 0;
  let processes = 0;

  return {
    clock: { now: () => now } satisfies Clock,
    start,
    after(ms: number, run: () => void): void {
      push(heap, { at: now + Math.max(0, ms), order: order++, run });
    },
    /** Runs what is due until nothing is left, or until the given time. */
    async run(until = Number.POSITIVE_INFINITY): Promise<void> {
      // Lets processes that have just begun reach their first call.
      await drained();
      for (let next = heap[0]; next && next.at <= until; next = heap[0]) {
        pop(heap);
        now = Math.max(now, next.at);
        next.run();
        await drained();
      }
      if (until !== Number.POSITIVE_INFINITY) now = Math.max(now, until);
    },
    process(name: string, tenant: string, skewMs = 0): Process {
      return {
        id: ++processes,
        name,
        tenant,
        alive: true,
        calls: 0,
        decided: 0,
        clock: { now: () => Math.floor(now + skewMs) },
      };
    },
    kill(process: Process): void {
      if (!process.alive) return;
      process.alive = false;
      process.died?.();
    },
  };
}

export type World = ReturnType<typeof makeWorld>;

/** A turn of the event loop, after which all microtasks have run. */
const drained = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const before = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function push(heap: Event[], event: Event): void {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(event, heap[parent] as Event)) break;
    heap[at] = heap[parent] as Event;
    at = parent;
  }
  heap[at] = event;
}

function pop(heap: Event[]): void {
  const last = heap.pop() as Event;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Event, heap[child] as Event)) child += 1;
    if (!before(heap[child] as Event, last)) break;
    heap[at] = heap[child] as Event;
    at = child;
  }
  heap[at] = last;
}
