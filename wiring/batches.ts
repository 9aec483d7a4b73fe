import { systemClock } from '#lib/clock.ts';
import { once } from '#lib/once.ts';
import { deployedObjects } from './deployed-objects.ts';
import { deployedStore } from './platform.ts';

/** The tools of `beginUpload`. */
export const uploadingTools = /* @__PURE__ */ once(() => ({
  objects: deployedObjects(),
  clock: systemClock,
}));

/** The tools of `showItems`. */
export const itemTools = /* @__PURE__ */ once(() => ({ store: deployedStore(), objects: deployedObjects() }));
