import { keys } from '#domain/keys.ts';
import { readReservationId } from '#domain/reservations/reservation-id.ts';
import type { Slot } from '#domain/reservations/slots/slot.ts';
import { settleMessage } from '#domain/reservations/slots/slot-outbox.ts';
import { type Fault, scripted } from '#test/simulation/engine/faults.ts';
import { violationsOf } from './checkers.ts';
import type { Saw } from './clients.ts';
import { makeStage, openSlots, settle } from './history.ts';

export const alice = { tenant: 'acme', slot: 42, key: 'alice' };
export const bob = { tenant: 'acme', slot: 42, key: 'bob' };

/**
 * One scripted interleaving: these faults and no others, and calls at given times. `loses`: the
 * stream delivers nothing after 10 s.
 */
export async function direct(faults: Record<string, Partial<Fault>>, { loses = false } = {}) {
  const stage = makeStage({ seed: 1, faults: scripted(faults), loses, refusals: false });
  const { world, doors, cloud, table, partner } = stage;
  await openSlots(stage, [alice]);

  return {
    ...stage,
    /** Runs until that second, and returns what `begin` returns. */
    async at<T>(second: number, begin: () => T): Promise<T> {
      await world.run(world.start + second * 1000);
      return begin();
    },
    slot: () => table.peek(keys.slot('acme', 42)) as Slot,
    /** The clearinghouse's entry for a hold. */
    book: (hold: string | undefined) => partner.books.entries().find(({ key }) => key === hold),
    settleNow: (hold: string) => cloud.sendMessages([settleMessage('acme', 42, hold, 0)]),
    reserve: () => doors.reserve(alice),
    /** Runs until everything is at rest, without repair. */
    rest: () => world.run(),
    /** Runs until everything is at rest, repairs, and returns the violations. */
    async end(): Promise<string[]> {
      await settle(stage);
      return violationsOf(stage);
    },
    faultsMet: () => [...stage.faults.met.keys()],
  };
}

export const holdIn = (saw: Saw): string | undefined =>
  'ok' in saw ? readReservationId(saw.ok)?.hold : undefined;
