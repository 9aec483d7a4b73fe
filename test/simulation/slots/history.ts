import { named } from '#domain/keys.ts';
import type { Image } from '#domain/relay/relay.ts';
import { putSlot } from '#domain/reservations/slots/put-slot.ts';
import type { Slot } from '#domain/reservations/slots/slot.ts';
import { owed } from '#domain/reservations/slots/slot-outbox.ts';
import { settingsOf } from '#test/settings.ts';
import { type Faults, randomFaults } from '#test/simulation/engine/faults.ts';
import { type Ground, groundOf, rest } from '#test/simulation/engine/stage.ts';
import { stuckOn, violationsOf } from './checkers.ts';
import { type Doors, doors, type Seen } from './clients.ts';
import { consumers } from './consumers.ts';
import { lineTo, type Partner, partnerFrom } from './partner.ts';
import { type Plan, planFrom, play } from './scenario.ts';

export type Written = { by: string; process: number; at: number; image: Slot; before: Slot | undefined };
/** The state of a history when everything is at rest. */
export type Evidence = Ground & {
  seen: Seen[];
  writes: Written[];
  partner: Partner;
  lossless: boolean;
  stuck: string[];
};
export type Stage = Evidence & { doors: Doors; lose: () => void };
export type Options = { seed: number; plan?: Plan; faults?: Faults; loses?: boolean; refusals?: boolean };

const faultyMs = 300_000;
const marginMs = 5_000;
const settings = settingsOf({ LEASE_SECONDS: 30, SETTLE_MARGIN_SECONDS: marginMs / 1000 });

/** Makes a stage with everything on it and nothing in progress. */
export function makeStage({ seed, faults: given, loses, refusals = true }: Options): Stage {
  let [away, losing] = [false, false];
  const writes: Written[] = [];
  const stuck: string[] = [];
  const ground = groundOf({
    ...{ seed, settings, skewMs: 5_000, ...consumers },
    faults: (random) => given ?? randomFaults(random, random.pick([0, 0.02, 0.05, 0.1])),
    own: (process, ground) => ({ outside: lineTo(ground, partner, process) }),
    wrote({ at, by, image, before }, { faults, world }) {
      if (image.sk !== 'slot') return false;
      const who = { by: by?.tenant ?? '', process: by?.id ?? 0 };
      writes.push({ ...who, at, image: image as Slot, before: before as Slot | undefined });
      // The stream was away for longer than a day: writes of that time are never delivered.
      return !away && !(losing && faults.on && at - world.start > 10_000);
    },
    refused: (write, item) => stuck.push(...stuckOn(write, item as Slot)),
  });
  const { random, world } = ground;
  losing = loses ?? random.chance(0.05);
  const partner = partnerFrom(random, world, refusals);
  const desks = doors(ground);
  return {
    ...ground,
    ...{ seen: desks.seen, writes, partner, stuck, lossless: !losing, doors: desks },
    lose: () => {
      away = true;
    },
  };
}

/** Makes the slots before any fault. */
export async function openSlots({ table, world }: Stage, slots: Plan['slots']): Promise<void> {
  const described = {
    site: 'North',
    startsAt: '2027-01-16T09:00:00.000Z',
    price: { amount: 2500, currency: 'USD' },
  };
  for (const slot of slots)
    await putSlot({ ...slot, change: 'opened', ...described }, { table, clock: world.clock });
}

/**
 * Repairs after an outage of the stream: sends open payments again, and publishes each slot's
 * last event again.
 */
async function repair({ world, table, cloud }: Stage): Promise<void> {
  const process = world.process('repair', '', 0);
  const slots = [...table.items()].filter((one) => named(one).kind === 'slot') as Image[];
  for (const slot of slots) {
    cloud.sendMessages(owed(slot, process.clock.now(), marginMs));
    await cloud.tellAgain([slot], process);
  }
}

/** Runs until everything is at rest, and repairs what faults have lost. */
export async function settle(stage: Stage): Promise<void> {
  await rest(stage);
  const repairing = repair(stage);
  await rest(stage);
  await repairing;
}

/**
 * One history: the real operations, workers and relay in one seeded interleaving; then rest; then
 * the checkers.
 */
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
