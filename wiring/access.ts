import { callersOn } from '#domain/access/callers.ts';
import { systemClock } from '#lib/clock.ts';
import { setting } from '#lib/env.ts';
import { damperOn } from '#lib/http/damper.ts';
import type { Declaration, DeclaredContract, DeclaredRun } from '#lib/http/declaration.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { once } from '#lib/once.ts';
import { deployedStore } from './platform.ts';

/** The callers of the deployed product, cached for the life of a function. */
export const callers = /* @__PURE__ */ once(() =>
  callersOn({ ...deployedStore(), keepMs: setting('KEY_CACHE_SECONDS') * 1000 }),
);

const damper = /* @__PURE__ */ once(() =>
  damperOn({
    clock: systemClock,
    ratePerSecond: setting('KEY_RATE_PER_SECOND'),
    burst: setting('KEY_BURST'),
  }),
);

/** Authenticates a caller and refuses one that calls too often. */
const dampedCallers = /* @__PURE__ */ once(() => async (key: string) => {
  const caller = await callers()(key);
  if (caller) damper()(`${caller.tenant} ${caller.keyId}`);
  return caller;
});

/** A door of functions/api: for keys of the tenant with any role, or with the contract's role. */
export const tenantDoor = <A extends Declaration = never>(
  contract: NoInfer<DeclaredContract<A>>,
  run: NoInfer<DeclaredRun<A>>,
) => endpoint({ ...contract, trust: 'tenant', callers: dampedCallers } as never, run as never);

/** A door of functions/ops: for operators only. */
export const operatorDoor = <A extends Declaration = never>(
  contract: NoInfer<Omit<DeclaredContract<A>, 'role'>>,
  run: NoInfer<DeclaredRun<A>>,
) =>
  endpoint(
    { ...contract, trust: 'operator', role: 'operator', callers: dampedCallers } as never,
    run as never,
  );

/** A door of functions/hooks: for keys that were made for one outside system. */
export const systemDoor = <A extends Declaration = never>(
  contract: NoInfer<Omit<DeclaredContract<A>, 'role'>>,
  run: NoInfer<DeclaredRun<A>>,
) =>
  endpoint({ ...contract, trust: 'system', role: 'system', callers: dampedCallers } as never, run as never);
