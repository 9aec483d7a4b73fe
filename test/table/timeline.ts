import { setImmediate } from 'node:timers';

type Call = { label: string; begun: number; ended: number };
export type Timeline = ReturnType<typeof timeline>;

/** When each call began and ended, in steps that are counted, not timed: the same run gives the same line on any machine. */
export function timeline() {
  let calls: Call[] = [];
  let step = 0;
  let turn: Promise<void> | undefined;

  /** All that ends in one turn of the event loop ends at one step, so that calls begun side by side overlap, however short they are. */
  const nextTurn = () => {
    turn ??= new Promise<void>((done) => setImmediate(done)).then(() => {
      turn = undefined;
      step += 1;
    });
    return turn;
  };

  return {
    /** The calls so far, in the order in which they began. */
    calls: (): readonly Readonly<Call>[] => calls,

    async record<T>(label: string, run: () => Promise<T>): Promise<T> {
      const call = { label, begun: step, ended: Number.POSITIVE_INFINITY };
      calls.push(call);
      try {
        return await run();
      } finally {
        await nextTurn();
        call.ended = step;
      }
    },

    /** How often somebody waited: the longest chain of ended calls of which each began when the one before it had ended. */
    hops(): number {
      let [hops, free] = [0, 0];
      for (const { begun, ended } of calls.toSorted((a, b) => a.ended - b.ended)) {
        if (begun < free || ended === Number.POSITIVE_INFINITY) continue;
        hops += 1;
        free = ended;
      }
      return hops;
    },

    reset(): void {
      calls = [];
    },
  };
}
