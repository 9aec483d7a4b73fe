import { callersOn } from '#domain/access/callers.ts';
import { once } from '#lib/once.ts';
import { deployedStore } from './platform.ts';

/** The callers of the deployed product, known for the life of a function. */
export const callers = /* @__PURE__ */ once(() => callersOn(deployedStore()));
