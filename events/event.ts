import * as z from 'zod';

/** One of a batch: `id` names it, `amount_minor` is money in the smallest unit of its currency. */
type Item = { id: string; amount_minor: number; [field: string]: unknown };

/** An event type: one file each, its schema closed for whoever writes it and open for whoever reads it. */
export type EventType<T extends z.ZodRawShape = z.ZodRawShape> = {
  type: string;
  version: number;
  title: string;
  /** Where it goes: to everyone over the bus, to one job alone, or, as a sync, to every outside system that takes it. */
  audience: 'bus' | 'worker' | 'systems';
  /** A second name under which the bus hears it, for those who know it by that. */
  also?: string;
  /** Other spellings of a sync's type that callers may send. */
  spelled?: string[];
  data: z.ZodObject<T>;
  /** What an item of its batches looks like. `sole` is what stands for an event without a batch where a system knows nothing but items. */
  batch?: { item: z.ZodType<Item>; sole: (data: Record<string, unknown>) => Item };
};

/** CloudEvents 1.0 in JSON, as it travels inside EventBridge. `id` is derived from the item and its version, so a second delivery is recognisable. */
export const cloudEvent = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  /** Extension attributes: the tenant, and the version of the item that the data shows. */
  tenant: z.string().min(1),
  v: z.int().positive(),
  data: z.record(z.string(), z.unknown()),
});

export type CloudEvent = z.output<typeof cloudEvent>;

/** The short form that the first subscribers of slot events were written for. */
export const legacy = (event: CloudEvent): string =>
  JSON.stringify({ event: event.type, data: { slot: event.data.slot_id } });
