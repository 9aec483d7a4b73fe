import { cloudEvent } from '#events/event.ts';
import { type SlotData, slotData } from '#events/slot-data.ts';
import { once } from '#lib/once.ts';
import { parkedTable, store } from '#lib/store.ts';
import type { Store } from '#lib/table.ts';
import { worker } from '#lib/worker.ts';
import { parkedOn } from './parked.ts';

export type SlotTold = { tenant: string; v: number; data: SlotData };

const slotEvent = cloudEvent.extend({ data: slotData });
const parking = once(() => parkedOn({ parked: parkedTable(), clock: store().clock }).park);

/** A subscriber to slot events, through its queue: the event inside EventBridge's envelope. An old or repeated one must change nothing. */
export const slotSubscriber = (name: string, keep: (store: Store, told: SlotTold) => Promise<void>) =>
  worker({
    name,
    data: slotEvent,
    read: (body) => (body as { detail?: unknown } | null)?.detail,
    park: parking,
    oneByOne: true,
    run: async ({ tenant, v, data, type }) => {
      await keep(store(), { tenant, v, data });
      return type;
    },
  });
