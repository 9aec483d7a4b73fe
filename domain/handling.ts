import { once } from '#lib/once.ts';
import { Problem } from '#lib/problem.ts';
import { store } from '#lib/store.ts';
import { operateStandingOn } from './participants/operate-standing.ts';
import { standingView } from './participants/standing.ts';
import { participants } from './weather.ts';

const hands = /* @__PURE__ */ once(() => operateStandingOn(store()));

/** An operator's hand on one system. */
export async function handle(
  verb: 'pause' | 'resume' | 'retryNow',
  system: string,
  by: string,
  reason: string,
) {
  if (!participants().includes(system))
    throw new Problem('not-found', { detail: `There is no system ${system}.` });
  return standingView(system, await hands()[verb]({ system, by, reason }), store().clock.now());
}
