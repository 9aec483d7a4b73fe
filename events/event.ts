import * as z from 'zod';

/** One item of a batch. `amount_minor` is money in the smallest unit of its currency. */
type Item = { id: string; amount_minor: number; [field: string]: unknown };

/** An event type, one file each. Its schema is closed for writers and open for readers. */
export type EventType<T extends z.ZodRawShape = z.ZodRawShape> = {
  type: string;
  version: number;
  title: string;
  /** `bus`: every subscriber. `worker`: one job. `systems`: every outside system that takes it. */
  audience: 'bus' | 'worker' | 'systems';
  /** A second detail type on the bus, for subscribers that were written for it. */
  also?: string;
  /** Other spellings of a sync's type that callers may send. */
  spelled?: string[];
  data: z.ZodObject<T>;
  /**
   * The schema of a batch item. `sole` makes the one item of an event without a batch, for systems
   * that take items only.
   */
  batch?: { item: z.ZodType<Item>; sole: (data: Record<string, unknown>) => Item };
};

/**
 * CloudEvents 1.0 in JSON, the detail of an EventBridge event. `id` is derived from the item and
 * its version, so that consumers can detect a second delivery.
 */
export const cloudEvent = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  /** Extension attributes: the tenant, and the version of the item that `data` shows. */
  tenant: z.string().min(1),
  v: z.int().positive(),
  data: z.record(z.string(), z.unknown()),
});

export type CloudEvent = z.output<typeof cloudEvent>;

/** The short form for the first subscribers of slot events. */
export const legacy = (event: CloudEvent): string =>
  JSON.stringify({ event: event.type, data: { slot: event.data.slot_id } });
