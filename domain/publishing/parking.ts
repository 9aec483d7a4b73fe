import { once } from '#lib/once.ts';
import { parkedTable, store } from '#lib/store.ts';
import { parkedOn } from './parked.ts';

/** Where the workers and the relay leave what they cannot do. */
export const parking = /* @__PURE__ */ once(
  () => parkedOn({ parked: parkedTable(), clock: store().clock }).park,
);
