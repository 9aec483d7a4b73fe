import { assumed, costOf, type Used } from '#domain/syncs/accept/prices.ts';
import { type Account, type Actor, actorOn, emptyAccount, nothing, type Pace, usedBy } from './actors.ts';
import { type Hottest, hotKeys } from './hot-keys.ts';
import { virtualTime } from './time.ts';

export const defaultPace: Pace = {
  ...{ functionMs: assumed.functionSeconds * 1000, callMs: assumed.callSeconds * 1000 },
  ...{ readMs: 5, writeMs: 5, otherMs: 5 },
};
/**
 * A pace at which each write and each call to a system takes 1 ms, so that the clock counts hops.
 * `readMs` is 0 or 1.
 */
export const hopPace = (readMs: number): Pace => ({
  functionMs: 0,
  otherMs: 0,
  readMs,
  writeMs: 1,
  callMs: 1,
});
type Who = (by: string) => boolean;
const everyActor: Who = () => true;

/**
 * AWS with a meter: calls by actor, what is billed, and writes to each partition by the second.
 * Both sides of a comparison run on it.
 */
export function cloud(pace: Pace = defaultPace) {
  const time = virtualTime();
  const accounts = new Map<string, Account>();
  const hot = hotKeys(time.clock);

  const actor = (by: string): Actor => {
    const account = accounts.get(by) ?? emptyAccount();
    accounts.set(by, account);
    return actorOn({ account, pace, sleep: time.sleep, wrote: hot.wrote });
  };
  const used = (who = everyActor): Used =>
    [...accounts]
      .filter(([by]) => who(by))
      .map(([, account]) => usedBy(account))
      .reduce(plus, nothing());

  return {
    ...time,
    actor,
    used,
    cost: (who = everyActor): number => costOf(used(who)),
    hottest: (): Hottest => hot.hottest(),
    writesTo: (partition: string): number => hot.writesTo(partition),

    /** One invocation of a function. */
    async invoke<T>(by: string, work: (self: Actor) => Promise<T>): Promise<T> {
      const [self, begun] = [actor(by), time.clock.now()];
      self.spend('invocation');
      await time.sleep(pace.functionMs);
      return work(self).finally(() =>
        self.spend('gbSecond', (assumed.gb * (time.clock.now() - begun)) / 1000),
      );
    },

    /** A call to an outside system: it takes time, and AWS bills nothing for it. */
    async outside<T>(run: () => Promise<T>): Promise<T> {
      await time.sleep(pace.callMs);
      return run();
    },

    /** Calls to AWS by `actor: label`. */
    calls: (who = everyActor): Map<string, number> =>
      new Map(
        [...accounts].flatMap(([by, { calls }]) =>
          who(by) ? [...calls].map(([label, n]) => [`${by}: ${label}`, n] as const) : [],
        ),
      ),

    /** Writes to tables. */
    writes: (who = everyActor): number =>
      [...accounts].reduce((sum, [by, { writes }]) => sum + (who(by) ? writes : 0), 0),

    /** Forgets everything so far, so that only what follows is measured. */
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
