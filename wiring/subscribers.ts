import type * as z from 'zod';
import { cloudEvent } from '#events/event.ts';
import { slotData } from '#events/slot-data.ts';
import { syncData } from '#events/sync-data.ts';
import { ticketData } from '#events/ticket-data.ts';
import type { Store } from '#lib/aws/table.ts';
import { worker } from '#lib/worker.ts';
import { deployedStore } from './platform.ts';
import { parking } from './relay.ts';

/** An event for a subscriber: its tenant, the version of its item, and its time (ms). */
export type SubscriberEvent<T> = { tenant: string; v: number; at: number; data: T };

/**
 * A subscriber to events of one kind, through its queue: the event inside EventBridge's envelope.
 * An old or repeated event must change nothing.
 */
const subscriberTo =
  <T extends z.ZodType>(schema: T) =>
  (name: string, keep: (store: Store, told: SubscriberEvent<z.output<T>>) => Promise<void>) =>
    worker({
      name,
      data: cloudEvent.extend({ data: schema }),
      read: (body) => (body as { detail?: unknown } | null)?.detail,
      park: parking,
      oneByOne: true,
      run: async ({ tenant, v, data, type, time }) => {
        await keep(deployedStore(), { tenant, v, at: Date.parse(time), data: data as z.output<T> });
        return type;
      },
    });

export const slotSubscriber = /* @__PURE__ */ subscriberTo(slotData);
export const syncSubscriber = /* @__PURE__ */ subscriberTo(syncData);
export const ticketSubscriber = /* @__PURE__ */ subscriberTo(ticketData);
