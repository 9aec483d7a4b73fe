import { ledgerOn } from '#domain/ledger/ledger.ts';
import { type Destinations, type Image, relayImages } from '#domain/publishing/relay-images.ts';
import type { Conducting } from '#domain/syncs/conduct.ts';
import type { CloudEvent } from '#events/event.ts';
import { appendOnly } from '#lib/append-only.ts';
import type { Table } from '#lib/table.ts';
import { settingsOf } from '#test/settings.ts';
import type { Ports } from '#test/simulation/ports.ts';
import type { Random } from '#test/simulation/random.ts';
import type { Process, World } from '#test/simulation/world.ts';
import { outboxesOn } from '#wiring/relay.ts';
import type { Machine } from './machine.ts';
import type { Hooked } from './partners.ts';
import type { Processes } from './processes.ts';

type Tools = {
  world: World;
  random: Random;
  ports: Ports;
  ledger: Table;
  machine: () => Machine;
  processes: Processes;
  skew: () => number;
  faulty: () => boolean;
};
const minuteMs = 60_000;
const againMs = 20_000;
const tries = 200;

/** What AWS does around the functions: the stream with its relay, the bus, the clock of the watchdog, the rule on executions that have failed. */
export function platformOn({ world, random, ports, ledger, machine, processes, skew, faulty }: Tools) {
  const told: CloudEvent[] = [];
  const parked: string[] = [];
  const stream: Image[] = [];
  let [relaying, watching] = [false, false];
  let watchAt = Number.POSITIVE_INFINITY;

  const destinations = (process: Process): Destinations => ({
    tellers: outboxesOn({ clock: process.clock, settings: settingsOf() }),
    bus: {
      putEvents: (events) => ports.call(process, 'publish', false, async () => void told.push(...events)),
    },
    queues: { sendMessages: () => ports.call(process, 'send', false, async () => {}) },
    executions: {
      startExecution: (name, input) =>
        ports.call(process, 'start', false, async () => machine().start(name, input)),
    },
    record: ledgerOn({ ledger: appendOnly(ports.table(process, ledger)), clock: process.clock }).record,
    park: ({ reason }) => ports.call(process, 'park', false, async () => void parked.push(reason)),
  });

  /** The mapping of the stream: one batch at a time, in order, again until it is taken, and now and then once more although it was. */
  function relay(): void {
    if (relaying || stream.length === 0) return;
    relaying = true;
    const batch = stream.slice(0, 1 + random.whole(10));
    const process = world.process('relay', '', skew());
    const next = (taken: boolean) => {
      if (taken && !(faulty() && random.chance(0.05))) stream.splice(0, batch.length);
      relaying = false;
      world.after(taken ? 1 : 1_000, relay);
    };
    process.died = () => next(false);
    relayImages(batch, destinations(process)).then(
      () => process.alive && next(true),
      () => process.alive && next(false),
    );
  }

  /** Every minute; a turn that would find nothing due is left out, since it would do nothing. */
  function watch(): void {
    if (watching || watchAt === Number.POSITIVE_INFINITY) return;
    watching = true;
    const from = Math.max(world.clock.now() + 1, watchAt);
    const turn = Math.ceil(from / minuteMs) * minuteMs;
    world.after(turn - world.clock.now(), () => {
      watching = false;
      watchAt = Number.POSITIVE_INFINITY;
      const process = world.process('watchdog', '', skew());
      processes.watch(process).catch(() => undefined);
      world.after(1, stillOpen);
    });
  }
  let stillOpen = () => {};

  return {
    told,
    parked,
    /** Hears each write of the table, as the stream would. */
    wrote(image: Image): void {
      stream.push(image);
      world.after(random.between(1, 50), relay);
      if (typeof image.due === 'number') watchAt = Math.min(watchAt, image.due);
      watch();
    },
    /** How the watchdog's clock learns when the next sync is due. */
    dueFrom(next: () => number): void {
      stillOpen = () => {
        watchAt = Math.min(watchAt, next());
        watch();
      };
    },
    /** EventBridge's word on an execution that has ended badly; best effort, so that it is sometimes lost. */
    failed(input: Conducting): void {
      if (faulty() && random.chance(0.3)) return;
      const attempt = (left: number) => {
        const process = world.process('rule', input.tenant, skew());
        const again = () => left > 0 && world.after(90_000, () => attempt(left - 1));
        process.died = again;
        processes.recover(process, input).catch(again);
      };
      world.after(faulty() ? random.between(10, 5_000) : 10, () => attempt(5));
    },
    /** A partner's late answer, said until somebody has heard it. */
    hooked(said: Hooked): void {
      const attempt = (left: number) => {
        const process = world.process('hook', said.tenant, skew());
        const again = () => left > 0 && world.after(againMs, () => attempt(left - 1));
        process.died = again;
        processes.hear(process, said).catch(again);
      };
      attempt(tries);
    },
  };
}

export type Platform = ReturnType<typeof platformOn>;
