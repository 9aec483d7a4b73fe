import { boardOn } from '#domain/board/board.ts';
import { keepSlotList } from '#domain/board/keep-slot-list.ts';
import { named } from '#domain/keys.ts';
import { clearinghouseOn } from '#domain/payments/clearinghouse.ts';
import { paymentsOn } from '#domain/payments/payments.ts';
import { type SettlePayment, settlePayment } from '#domain/payments/settle-payment.ts';
import {
  type Destinations,
  type Image,
  type JobMessage,
  relayImages,
} from '#domain/publishing/relay-images.ts';
import { bookingsOn } from '#domain/reservations/bookings.ts';
import { keepReservation } from '#domain/reservations/keep-reservation.ts';
import { owed } from '#domain/reservations/slots/slot-outbox.ts';
import type { CloudEvent } from '#events/event.ts';
import type { SlotData } from '#events/slot-data.ts';
import { Problem } from '#lib/problem.ts';
import clearinghouse from '#systems/clearinghouse.json' with { type: 'json' };
import { manifest } from '#systems/manifest.ts';
import type { MemoryTable } from '#table/memory-table.ts';
import { settingsOf } from '#test/settings.ts';
import { outboxesOn } from '#wiring/relay.ts';
import type { Partner, Ports } from './ports.ts';
import type { Random } from './random.ts';
import type { Process, World } from './world.ts';

type Tools = {
  world: World;
  random: Random;
  ports: Ports;
  table: MemoryTable;
  partner: Partner;
  skew: () => number;
  faulty: () => boolean;
};
export const marginMs = 5_000;
const visibilityMs = 90_000;
const system = manifest.parse(clearinghouse);

/** What AWS does between the table and everyone: the stream and its relay, queues that deliver at least once and in no order, the bus, and the workers behind them. */
export function platform({ world, random, ports, table, partner, skew, faulty }: Tools) {
  const told: CloudEvent[] = [];
  const parked: string[] = [];
  const stream: Image[] = [];
  let relaying = false;

  /** At least once: what a worker did not finish comes again when its visibility is over, and now and then what it did finish comes twice. */
  function deliver(
    name: string,
    tenant: string,
    delayMs: number,
    work: (process: Process) => Promise<unknown>,
  ): void {
    const attempt = () => {
      const process = world.process(name, tenant, skew());
      let again = true;
      world.after(visibilityMs, () => {
        if (again) attempt();
      });
      work(process).then(
        () => {
          again = false;
        },
        (error) => {
          if (!(error instanceof Problem)) return;
          parked.push(`${name} ${error.code}`);
          again = false;
        },
      );
    };
    const copies = faulty() && random.chance(0.1) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      world.after(delayMs + (faulty() ? random.between(5, 5_000) : 5), attempt);
  }

  const send = (messages: JobMessage[]) => {
    for (const { body, delaySeconds } of messages) {
      const message = body as SettlePayment;
      deliver('settle', message.tenant, delaySeconds * 1000, (process) => {
        const store = { table: ports.table(process, table), clock: process.clock };
        const tools = {
          holds: bookingsOn(store),
          payments: paymentsOn(store),
          clearinghouse: clearinghouseOn(ports.outside(process, partner), system),
          clock: process.clock,
        };
        return settlePayment(message, tools);
      });
    }
  };

  const publish = (events: CloudEvent[]) => {
    for (const { tenant, v, data, ...event } of events) {
      told.push({ ...event, tenant, v, data });
      const slot = data as SlotData;
      const keepers = {
        'keep-board': (process: Process) =>
          boardOn(storeOf(process)).keep(tenant, {
            slot: slot.slot_id,
            v,
            site: slot.site,
            taken: slot.state === 'booked',
          }),
        'keep-list': (process: Process) => keepSlotList(storeOf(process), tenant, v, slot),
        'keep-reservation': (process: Process) => keepReservation(storeOf(process), tenant, v, slot),
      };
      for (const [name, keep] of Object.entries(keepers)) deliver(name, tenant, 0, keep);
    }
  };

  const storeOf = (process: Process) => ({ table: ports.table(process, table), clock: process.clock });

  const destinations = (process: Process): Destinations => ({
    tellers: outboxesOn({ clock: process.clock, settings: settingsOf() }),
    bus: { putEvents: (events) => ports.call(process, 'publish', false, async () => publish(events)) },
    queues: { sendMessages: (messages) => ports.call(process, 'send', false, async () => send(messages)) },
    executions: { startExecution: async () => {} },
    record: async () => {},
    park: ({ reason }) => ports.call(process, 'park', false, async () => void parked.push(reason)),
  });

  /** The mapping of the stream: one batch at a time, in order, again until it is taken. */
  function relay(): void {
    if (relaying || stream.length === 0) return;
    relaying = true;
    const batch = stream.slice(0, 1 + random.whole(10));
    const process = world.process('relay', '', skew());
    const next = (taken: boolean) => {
      if (taken) stream.splice(0, batch.length);
      relaying = false;
      world.after(taken ? 1 : 1_000, relay);
    };
    process.died = () => next(false);
    relayImages(batch, destinations(process)).then(
      () => process.alive && next(true),
      () => process.alive && next(false),
    );
  }

  return {
    told,
    parked,
    stream,
    /** Hears each write of the table, as the stream would. */
    wrote(image: Image): void {
      stream.push(image);
      world.after(random.between(1, 50), relay);
    },
    /** Hands messages to their queues, as the relay does. */
    send,
    /** After an outage of the stream: what the slots still owe is sent again, and each one's last event is told again. */
    async repair(): Promise<void> {
      const process = world.process('repair', '', 0);
      for (const item of [...table.items()].filter((one) => named(one).kind === 'slot') as Image[]) {
        send(owed(item, process.clock.now(), marginMs));
        await relayImages([{ ...item, v: item.eventV as number }], destinations(process));
      }
    },
  };
}

export type Platform = ReturnType<typeof platform>;
