import type { Image } from '#domain/relay/relay.ts';
import { appendOnly } from '#lib/aws/append-only.ts';
import type { Item, Write } from '#lib/aws/table.ts';
import { type MemoryTable, memoryTable } from '#table/memory-table.ts';
import { platformOf as inMemory } from '#test/platform.ts';
import type { Platform } from '#wiring/platform.ts';
import { type Cloud, type Behind as Consumers, cloudOn } from './cloud.ts';
import { count, type Faults } from './faults.ts';
import { type Ports, portsOf } from './ports.ts';
import { type Random, randomFrom } from './random.ts';
import { makeWorld, type Process, type World } from './world.ts';

/** One write of the table: its time, its process, and the item before. */
export type Wrote = { at: number; by: Process | undefined; image: Item; before: Item | undefined };
/** The part that every simulated capability shares. */
export type Ground = {
  world: World;
  random: Random;
  faults: Faults;
  table: MemoryTable;
  ledger: MemoryTable;
  ports: Ports;
  cloud: Cloud;
  calls: Map<string, number>;
  skew: () => number;
  faulty: () => boolean;
  /**
   * The product's platform for one process: each effect can be delayed, lost, repeated, or be its
   * last.
   */
  platformOf: (process: Process) => Platform;
};
type Setting = Consumers & {
  seed: number;
  faults: (random: Random) => Faults;
  skewMs: number;
  settings: Platform['settings'];
  /** The capability's own parts of the platform, such as its outside systems. */
  own: (process: Process, ground: Ground) => Partial<Platform>;
  /** Called on each write. Returns whether the stream delivers it. */
  wrote: (wrote: Wrote, ground: Ground) => boolean;
  refused?: (write: Write, item: Item | undefined) => void;
};

/** Makes a clock, randomness, tables, and the cloud between them, with nothing in progress. */
export function groundOf({
  seed,
  faults: faultsFrom,
  skewMs,
  own,
  wrote,
  refused,
  ...rest
}: Setting): Ground {
  const random = randomFrom(seed);
  const world = makeWorld();
  const faults = faultsFrom(random);
  const calls = new Map<string, number>();
  let writer: Process | undefined;

  const table = memoryTable({
    frozen: true,
    onWrite(image, _, before) {
      if (wrote({ at: world.clock.now(), by: writer, image, before }, ground)) cloud.wrote(image as Image);
    },
  });
  const ledger = memoryTable({ frozen: true });
  const ports = portsOf({
    ...{ world, random, faults },
    onEffect(process, label) {
      writer = process;
      count(calls, `${process.name}.${label}`);
    },
    refused: (_, write, item) => refused?.(write, item),
  });
  const skew = () => (faults.on ? Math.floor(random.between(-skewMs, skewMs)) : 0);
  const faulty = () => faults.on && faults.shuffles;
  const shared = inMemory({ clock: world.clock, settings: rest.settings });
  const platformOf = (process: Process): Platform => {
    const send = (label: string, take: () => void) => ports.call(process, label, false, async () => take());
    return {
      ...shared,
      ...{ clock: process.clock, newId: random.id, random: random.next },
      table: ports.table(process, table),
      ledger: appendOnly(ports.table(process, ledger)),
      deadLetters: {
        async parkItem({ item }) {
          await send('park', () => void cloud.parked.push(String(item.reason)));
          return { accepted: true, item };
        },
      },
      bus: { putEvents: (events) => send('publish', () => cloud.putEvents(events)) },
      queues: { sendMessages: (messages) => send('send', () => cloud.sendMessages(messages)) },
      ...own(process, ground),
    };
  };
  const cloud = cloudOn({ ...rest, world, random, platformOf, skew, faulty });
  const ground: Ground = {
    ...{ world, random, faults, table, ledger, ports, cloud, calls, skew, faulty, platformOf },
  };
  return ground;
}

const dayMs = 24 * 3_600_000;
/** Ends the faults and runs until everything is at rest; a day is enough for all retries. */
export async function rest({ world, faults }: Pick<Ground, 'world' | 'faults'>): Promise<void> {
  faults.on = false;
  await world.run(world.clock.now() + dayMs);
}
