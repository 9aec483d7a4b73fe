import { putSlot } from '#domain/reservations/put-slot.ts';
import type { Slot } from '#domain/reservations/slot.ts';
import { clearinghouseBooks } from '#examples/systems/clearinghouse-books.ts';
import { type MemoryTable, memoryTable } from '#table/memory-table.ts';
import { stuckOn, violationsOf } from './checkers.ts';
import { type Doors, doors, type Seen } from './clients.ts';
import { count, type Faults, randomFaults } from './faults.ts';
import { type Platform, platform } from './platform.ts';
import { type Partner, portsOf } from './ports.ts';
import { type Random, randomFrom } from './random.ts';
import { type Plan, planFrom, play } from './scenario.ts';
import { makeWorld, type Process, type World } from './world.ts';

export type Written = { by: string; process: number; at: number; image: Slot; before: Slot | undefined };
/** All that is known when everything has come to rest. */
export type Evidence = {
  seen: Seen[];
  writes: Written[];
  table: MemoryTable;
  partner: Partner;
  platform: Platform;
  calls: Map<string, number>;
  faults: Faults;
  lossless: boolean;
  stuck: string[];
};
export type Stage = Evidence & { world: World; random: Random; doors: Doors; lose: () => void };
export type Options = { seed: number; plan?: Plan; faults?: Faults; loses?: boolean; refusals?: boolean };

const faultyMs = 300_000;
const dayMs = 24 * 3_600_000;

/** A stage with everything on it, and nothing under way. */
export function makeStage({ seed, faults: given, loses, refusals = true }: Options): Stage {
  const random = randomFrom(seed);
  const world = makeWorld();
  const faults = given ?? randomFaults(random, random.pick([0, 0.02, 0.05, 0.1]));
  const losing = loses ?? random.chance(0.05);
  let away = false;
  const writes: Written[] = [];
  const calls = new Map<string, number>();
  const stuck: string[] = [];
  let writer = { id: 0, tenant: '' };

  const table = memoryTable({
    frozen: true,
    onWrite: (item, _, before) => {
      if (item.sk !== 'slot') return;
      const image = item as Slot;
      writes.push({
        by: writer.tenant,
        process: writer.id,
        at: world.clock.now(),
        image,
        before: before as Slot | undefined,
      });
      // A stream that was away for longer than a day: what was written meanwhile is never told.
      if (!away && !(losing && faults.on && world.clock.now() - world.start > 10_000)) stage.wrote(image);
    },
  });
  const heard = (process: Process, label: string) => {
    writer = process;
    count(calls, `${process.name}.${label}`);
  };
  const ports = portsOf({
    world,
    random,
    faults,
    heard,
    refused: (_, write, item) => stuck.push(...stuckOn(write, item as Slot)),
  });
  const partner = partnerFrom(random, world, refusals);
  const skew = () => (faults.on ? Math.floor(random.between(-5_000, 5_000)) : 0);
  const tools = { world, random, ports, table, partner, skew };
  const stage = platform({ ...tools, faulty: () => faults.on && faults.shuffles });
  const desks = doors(tools);
  return {
    seen: desks.seen,
    writes,
    table,
    partner,
    platform: stage,
    calls,
    faults,
    lossless: !losing,
    stuck,
    world,
    random,
    doors: desks,
    lose: () => {
      away = true;
    },
  };
}

/** Puts the slots there, before anything can go wrong. */
export async function openSlots({ table, world }: Stage, slots: Plan['slots']): Promise<void> {
  const described = {
    site: 'North',
    startsAt: '2027-01-16T09:00:00.000Z',
    price: { amount: 2500, currency: 'USD' },
  };
  for (const slot of slots)
    await putSlot({ ...slot, change: 'opened', ...described }, { table, clock: world.clock });
}

/** Ends the faults, mends what they took for good, and lets everything come to rest: what has not within a day, twice, never will. */
export async function settle({ world, faults, platform: stage }: Stage): Promise<void> {
  faults.on = false;
  await world.run(world.clock.now() + dayMs);
  const repairing = stage.repair();
  await world.run(world.clock.now() + dayMs);
  await repairing;
}

/** One history: the real operations, workers and relay in one seeded interleaving; then rest; then the checkers look. */
export async function history(options: Options): Promise<Stage & { violations: string[] }> {
  const stage = makeStage(options);
  const plan = options.plan ?? planFrom(stage.random);
  await openSlots(stage, plan.slots);
  if (plan.refuses) stage.partner.eligible = () => false;
  play(plan, stage);
  await stage.world.run(stage.world.start + faultyMs);
  await settle(stage);
  return { ...stage, violations: violationsOf(stage) };
}

function partnerFrom(random: Random, world: World, refusals: boolean): Partner {
  const refusing = refusals ? random.pick([0, 0, 0.3]) : 0;
  const lots = new Map<string, number>();
  const lot = (key: string) => {
    if (!lots.has(key)) lots.set(key, random.next());
    return lots.get(key) as number;
  };
  return {
    books: clearinghouseBooks({ clock: world.clock }),
    eligible: (key) => lot(key) >= refusing,
    declined: (key) => lot(`${key}:payment`) < refusing / 2,
    minds: { notAfter: random.chance(0.5) },
  };
}
