import { callersOn } from '#domain/access/callers.ts';
import { setting } from '#lib/env.ts';
import { once } from '#lib/once.ts';
import { deployedStore } from './platform.ts';

/** The callers of the deployed product, known for the life of a function. */
export const callers = /* @__PURE__ */ once(() =>
  callersOn({ ...deployedStore(), keepMs: setting('KEY_CACHE_SECONDS') * 1000 }),
);
