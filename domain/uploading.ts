import { objects } from '#lib/objects.ts';
import { once } from '#lib/once.ts';
import { store } from '#lib/store.ts';

/** What the door that takes in batches works with. */
export const uploading = /* @__PURE__ */ once(() => ({ objects: objects(), clock: store().clock }));
