import { setImmediate } from 'node:timers';

type Call = { label: string; begun: number; ended: number };
export type Timeline = ReturnType<typeof timeline>;

/**
 * The begin and end of each call in counted steps, so that a run has the same timeline on any
 * machine.
 */
export function timeline() {
  let calls: Call[] = [];
  let step = 0;
  let turn: Promise<void> | undefined;

  /**
   * Calls that end in one turn of the event loop end at one step, so that parallel calls overlap,
   * however short.
   */
  const nextTurn = () => {
    turn ??= new Promise<void>((done) => setImmediate(done)).then(() => {
      turn = undefined;
      step += 1;
    });
    return turn;
  };

  return {
    /** The calls so far, in the order of their beginnings. */
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

    /**
     * Calls in a row: the longest chain of ended calls in which each began after the one before
     * it had ended.
     */
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
