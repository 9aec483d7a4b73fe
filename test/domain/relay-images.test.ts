import { beforeEach, describe, expect, it } from 'vitest';
import { type Destinations, type Image, type JobMessage, relayImages } from '#domain/relay/relay.ts';
import { owed } from '#domain/reservations/slots/slot-outbox.ts';
import { type CloudEvent, cloudEvent, legacy } from '#events/event.ts';
import { Problem } from '#lib/problem.ts';
import { outboxesOn } from '#wiring/relay.ts';
import { holdOf, leaseMs, marginMs, problemOf, tenant, type World, world } from './reservations-world.ts';

let w: World;
let events: CloudEvent[];
let messages: JobMessage[];
let parked: Parameters<Destinations['park']>[0][];
let destinations: Destinations;

beforeEach(async () => {
  w = world();
  [events, messages, parked] = [[], [], []];
  destinations = {
    outboxes: outboxesOn(w.platform),
    bus: { putEvents: async (more) => void events.push(...more) },
    queues: { sendMessages: async (more) => void messages.push(...more) },
    executions: { startExecution: async () => {} },
    record: async () => {},
    park: async (record) => void parked.push(record),
  };
  await w.put();
});
const relay = (images: Image[]) => relayImages(images, destinations);

describe('the relay', () => {
  it('publishes a booking as CloudEvents, in the order of the writes', async () => {
    const { id } = await w.reserve('a', { brand: 'Pfizer' });
    await relay(w.written);
    expect(events.map(({ type, id }) => [type, id])).toEqual([
      ['slot.changed', 'acme#slot#42@1'],
      ['slot.reserved', 'acme#slot#42@3'],
    ]);
    expect(cloudEvent.parse(events[1])).toMatchObject({
      tenant,
      subject: 'slot/42',
      v: 3,
      data: { reservation: { reservation_id: id } },
    });
    expect(legacy(events[1]!)).toBe('{"event":"slot.reserved","data":{"slot":42}}');
  });

  it('sends a hold to its settling job alone, delayed until the lease and a margin have passed', async () => {
    const { id } = await w.reserve('a');
    await relay(w.written);
    const delaySeconds = (leaseMs + marginMs) / 1000;
    expect(messages).toEqual([
      { job: 'payment.settle', body: { tenant, slot: 42, hold: holdOf(id) }, delaySeconds },
    ]);
  });

  it('shortens the delay of a message by its own lag', async () => {
    await w.reserve('a');
    w.pass(20_000);
    await relay(w.written);
    w.pass(3_600_000);
    await relay(w.written);
    expect(messages.map(({ delaySeconds }) => delaySeconds)).toEqual([15, 0]);
  });

  it('publishes an event only for the write that caused it', async () => {
    const { id } = await w.reserve('a');
    await w.relay();
    await w.settle({ hold: holdOf(id) });
    expect(w.written.filter(({ pk }) => pk === 'acme#slot#42')).toMatchObject([
      { event: { type: 'slot.reserved' } },
    ]);
    await relay(w.written);
    expect([events, messages]).toEqual([[], []]);
  });

  it('publishes a repeat under the same ids', async () => {
    await relay(w.written);
    await relay(w.written);
    expect(events[0]).toEqual(events[1]);
  });

  it.each([
    ['of an unknown type', (image: Image) => ({ ...image, event: { ...image.event, type: 'slot.gone' } })],
    ['of a kind without an outbox', (image: Image) => ({ ...image, pk: 'acme#thing#1' })],
    ['without a field of its event', ({ site: _, ...image }: Image) => image],
    ['that breaks its schema', (image: Image) => ({ ...image, state: 'melted' })],
    ['with an invalid time', (image: Image) => ({ ...image, event: { ...image.event, at: 'yesterday' } })],
    [
      'with a malformed booking',
      (image: Image) => ({ ...image, event: { ...image.event, booking: { at: 'never' } } }),
    ],
  ])('parks an item %s whole, and publishes the others', async (_, spoilt) => {
    const [image] = w.written as [Image];
    const bad = spoilt(image) as Image;
    await relay([image, bad, image]);
    expect(parked).toMatchObject([
      { from: 'relay', key: { pk: bad.pk, sk: bad.sk }, code: 'unreadable', body: bad },
    ]);
    expect(events).toHaveLength(2);
  });

  it('throws when the bus, a queue or the parked table is unavailable, so that the batch is retried', async () => {
    const away = async () => Promise.reject(new Error('away'));
    await w.reserve('a');
    const bad = { ...w.written[0], event: { type: 'none', at: 0 } } as Image;
    for (const broken of [
      { bus: { putEvents: away } },
      { queues: { sendMessages: away } },
      { park: away },
    ] as Partial<Destinations>[])
      await expect(relayImages([...w.written, bad], { ...destinations, ...broken })).rejects.toThrow('away');
  });

  it('does not park items because of an outage', async () => {
    const away = async () => Promise.reject(new Error('away'));
    expect(
      await problemOf(relayImages(w.written, { ...destinations, bus: { putEvents: away } })),
    ).not.toBeInstanceOf(Problem);
    expect(parked).toEqual([]);
  });
});

describe('the open payments of a slot', () => {
  it('are a settle message for each hold that is not settled, with the remaining delay', async () => {
    const { id } = await w.reserve('a');
    await w.cancel(id);
    w.outside.next('check', async () => {
      const image = (await w.slot()) as unknown as Image;
      messages.push(...owed(image, w.clock.now(), marginMs));
    });
    await w.reserve('b');
    expect(messages.map(({ delaySeconds }) => delaySeconds).toSorted((a, b) => a - b)).toEqual([
      0,
      (leaseMs + marginMs) / 1000,
    ]);
  });
});
