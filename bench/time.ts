import { setImmediate as turn } from 'node:timers/promises';

/**
 * Time that is counted in whole milliseconds and never waited for: the same run takes as long on
 * any machine.
 */
export function virtualTime(start = Date.UTC(2027, 0, 15, 9)) {
  const due = new Map<number, (() => void)[]>();
  let now = start;

  /** Resolves when nothing more can run without an advance of time. */
  const quiet = async () => {
    for (let turns = 0; turns < 4; turns++) await turn();
  };
  const advance = () => {
    while (!due.has(now)) now += 1;
    const ready = due.get(now) ?? [];
    due.delete(now);
    for (const go of ready) go();
  };

  return {
    clock: { now: () => now },
    sleep: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const at = now + Math.max(0, Math.ceil(ms));
        const ready = due.get(at) ?? [];
        ready.push(resolve);
        due.set(at, ready);
      }),

    /** Advances time until `result` has settled. */
    async until<T>(result: Promise<T>): Promise<T> {
      let over = false;
      const end = () => {
        over = true;
      };
      result.then(end, end);
      for (;;) {
        await quiet();
        if (over) return result;
        if (due.size > 0) advance();
      }
    },

    /** Advances time until no call waits for it. */
    async rest(): Promise<void> {
      for (await quiet(); due.size > 0; await quiet()) advance();
    },
  };
}

export type VirtualTime = ReturnType<typeof virtualTime>;
