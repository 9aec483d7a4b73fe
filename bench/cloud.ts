import { assumptions, costOf, type Used } from '#domain/syncs/accept/prices.ts';
import { type Account, type Actor, actorOn, emptyAccount, nothing, type Pace, usedBy } from './actors.ts';
import { type Hottest, hotKeys } from './hot-keys.ts';
import { virtualTime } from './time.ts';

export const usualPace: Pace = {
  ...{ functionMs: assumptions.functionSeconds * 1000, callMs: assumptions.callSeconds * 1000 },
  ...{ readMs: 5, writeMs: 5, otherMs: 5 },
};
/** Everything that a saga waits for takes one step, so that time counts how many it waits for in a row; reads as many as told. */
export const hopPace = (readMs: number): Pace => ({
  functionMs: 0,
  otherMs: 0,
  readMs,
  writeMs: 1,
  callMs: 1,
});
type Who = (by: string) => boolean;
const anybody: Who = () => true;

/**
 * AWS with a meter on everything: who has made which calls, what is billed for them, how often each partition was written to in each second. Whatever is
 * compared runs on it, so that nothing is counted for one side alone.
 */
export function cloud(pace: Pace = usualPace) {
  const time = virtualTime();
  const accounts = new Map<string, Account>();
  const hot = hotKeys(time.clock);

  const actor = (by: string): Actor => {
    const account = accounts.get(by) ?? emptyAccount();
    accounts.set(by, account);
    return actorOn({ account, pace, sleep: time.sleep, wrote: hot.wrote });
  };
  const used = (who = anybody): Used =>
    [...accounts]
      .filter(([by]) => who(by))
      .map(([, account]) => usedBy(account))
      .reduce(plus, nothing());

  return {
    ...time,
    actor,
    used,
    cost: (who = anybody): number => costOf(used(who)),
    hottest: (): Hottest => hot.hottest(),
    writesTo: (partition: string): number => hot.writesTo(partition),

    /** One invocation of a function. */
    async invoke<T>(by: string, work: (self: Actor) => Promise<T>): Promise<T> {
      const [self, begun] = [actor(by), time.clock.now()];
      self.spend('invocation');
      await time.sleep(pace.functionMs);
      return work(self).finally(() =>
        self.spend('gbSecond', (assumptions.gb * (time.clock.now() - begun)) / 1000),
      );
    },

    /** A call to an outside system: it takes time, and AWS bills nothing for it. */
    async outside<T>(run: () => Promise<T>): Promise<T> {
      await time.sleep(pace.callMs);
      return run();
    },

    /** Calls to AWS by `who: what`. */
    calls: (who = anybody): Map<string, number> =>
      new Map(
        [...accounts].flatMap(([by, { calls }]) =>
          who(by) ? [...calls].map(([label, n]) => [`${by}: ${label}`, n] as const) : [],
        ),
      ),

    /** Writes to tables, by whoever they are. */
    writes: (who = anybody): number =>
      [...accounts].reduce((sum, [by, { writes }]) => sum + (who(by) ? writes : 0), 0),

    /** Everything so far is forgotten: what comes next is measured. */
    reset(): void {
      accounts.clear();
      hot.reset();
    },
  };
}

const plus = (sum: Used, more: Used): Used =>
  Object.fromEntries(
    Object.entries(sum).map(([unit, amount]) => [unit, amount + more[unit as keyof Used]]),
  ) as Used;

export type Cloud = ReturnType<typeof cloud>;
