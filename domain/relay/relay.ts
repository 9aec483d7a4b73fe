import { parseKey } from '#domain/keys.ts';
import type { CloudEvent } from '#events/event.ts';
import { catalogue } from '#events/index.ts';
import type { JobMessage } from '#lib/aws/job-message.ts';
import type { Item, Key } from '#lib/aws/table.ts';
import { Problem, type ProblemCode } from '#lib/problem.ts';
import { rfc3339 } from '#lib/rfc3339.ts';

/** An item that may carry an event. */
export type Image = Item & { v?: number; eventV?: number; event?: { type: string; at: number } };
export type { JobMessage };
/** The events and jobs of the writes of one kind of item. */
export type Outbox = {
  data(image: Image): object;
  jobs(image: Image): JobMessage[];
  /** The public name of the item, if it is not its key. */
  subject?(image: Image): string;
  /** The execution that this write starts, by a unique name. */
  start?(image: Image): Start | undefined;
};
export type Start = { name: string; input: object };

export type Destinations = {
  outboxes: Record<string, Outbox>;
  bus: { putEvents(events: CloudEvent[]): Promise<void> };
  queues: { sendMessages(messages: JobMessage[]): Promise<void> };
  executions: { startExecution(name: string, input: object): Promise<void> };
  /** Records every write of an item with a ledger, with or without an event. */
  record(images: Image[]): Promise<void>;
  park(parked: { from: string; key: Key; code: ProblemCode; reason: string; body: unknown }): Promise<void>;
};

/**
 * Sends events and jobs in the order of the writes; an event is sent only for the write that
 * caused it. Throws when a destination is unreachable, and the batch is retried with the same ids;
 * an image that can never be sent is parked whole.
 */
export async function relayImages(
  images: Image[],
  { outboxes, bus, queues, executions, record, park }: Destinations,
): Promise<void> {
  const events: CloudEvent[] = [];
  const messages: JobMessage[] = [];
  const starts: Start[] = [];
  await record(images);
  for (const image of images.filter((item) => item.event && item.eventV === item.v)) {
    try {
      const telling = messagesOf(image, outboxes);
      messages.push(...telling.messages);
      starts.push(...telling.starts);
      events.push(...telling.events);
    } catch (reason) {
      if (!(reason instanceof Problem)) throw reason;
      const { code, message } = reason;
      await park({ from: 'relay', key: { pk: image.pk, sk: image.sk }, code, reason: message, body: image });
    }
  }
  if (messages.length > 0) await queues.sendMessages(messages);
  for (const { name, input } of starts) await executions.startExecution(name, input);
  if (events.length > 0) await bus.putEvents(events);
}

type Messages = { events: CloudEvent[]; messages: JobMessage[]; starts: Start[] };

function messagesOf(image: Image, tellers: Record<string, Outbox>): Messages {
  const { tenant, kind, id } = parseKey(image);
  const type = catalogue.get(String(image.event?.type));
  const teller = tellers[kind];
  if (!type || !teller)
    throw new Problem('unreadable', { detail: `The outbox of ${kind} has no event ${image.event?.type}.` });
  const { said, time } = understood(image, teller);
  const data = type.data.safeParse(said);
  if (!data.success)
    throw new Problem('unreadable', {
      detail: `${type.type}: ${data.error.issues[0]?.path.join('.')} ${data.error.issues[0]?.message}`,
    });
  const messages = teller.jobs(image);
  const start = teller.start?.(image);
  const asked = { messages, starts: start ? [start] : [] };
  if (type.audience === 'worker') return { ...asked, events: [] };
  const event: CloudEvent = {
    specversion: '1.0',
    id: `${image.pk}@${image.eventV}`,
    source: `lockstep/${tenant}`,
    type: type.type,
    subject: teller.subject?.(image) ?? `${kind}/${id}`,
    time,
    datacontenttype: 'application/json',
    tenant,
    v: image.eventV ?? 0,
    data: data.data,
  };
  const also = type.also ? [{ ...event, id: `${event.id}#${type.also}`, type: type.also }] : [];
  return { ...asked, events: [event, ...also] };
}

/** An outbox that throws is treated like data that fails its schema: the image is parked. */
function understood(image: Image, teller: Outbox): { said: object; time: string } {
  try {
    return { said: teller.data(image), time: rfc3339(image.event?.at ?? Number.NaN) };
  } catch (cause) {
    throw new Problem('unreadable', { detail: 'The item lacks a field that its event needs.', cause });
  }
}
