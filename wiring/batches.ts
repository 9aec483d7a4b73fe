import { systemClock } from '#lib/clock.ts';
import { once } from '#lib/once.ts';
import { deployedObjects, deployedStore } from './platform.ts';

/** What `beginUpload` works with. */
export const uploadingTools = /* @__PURE__ */ once(() => ({
  objects: deployedObjects(),
  clock: systemClock,
}));

/** What `showItems` works with. */
export const itemTools = /* @__PURE__ */ once(() => ({ store: deployedStore(), objects: deployedObjects() }));
