import { keys } from '#domain/keys.ts';
import { readReservationId } from '#domain/reservations/reservation-id.ts';
import type { Slot } from '#domain/reservations/slot.ts';
import { settleMessage } from '#domain/reservations/slots/slot-outbox.ts';
import { type Fault, scripted } from '#test/simulation/engine/faults.ts';
import { violationsOf } from './checkers.ts';
import type { Saw } from './clients.ts';
import { makeStage, openSlots, settle } from './history.ts';

export const alice = { tenant: 'acme', slot: 42, key: 'alice' };
export const bob = { tenant: 'acme', slot: 42, key: 'bob' };

/** One interleaving, played on purpose: these faults and no others, and calls at these times. `loses`: the stream tells nothing from 10 s on. */
export async function direct(faults: Record<string, Partial<Fault>>, { loses = false } = {}) {
  const stage = makeStage({ seed: 1, faults: scripted(faults), loses, refusals: false });
  const { world, doors, cloud, table, partner } = stage;
  await openSlots(stage, [alice]);

  return {
    ...stage,
    /** Runs until that second and answers what the call that was begun has been told by then. */
    async at<T>(second: number, begin: () => T): Promise<T> {
      await world.run(world.start + second * 1000);
      return begin();
    },
    slot: () => table.peek(keys.slot('acme', 42)) as Slot,
    /** The clearinghouse's books for a hold. */
    book: (hold: string | undefined) => partner.books.entries().find(({ key }) => key === hold),
    settleNow: (hold: string) => cloud.sendMessages([settleMessage('acme', 42, hold, 0)]),
    reserve: () => doors.reserve(alice),
    /** Everything comes to rest by itself, without repair. */
    rest: () => world.run(),
    /** Everything comes to rest and what was lost is repaired; whatever is wrong then. */
    async end(): Promise<string[]> {
      await settle(stage);
      return violationsOf(stage);
    },
    faultsMet: () => [...stage.faults.met.keys()],
  };
}

export const holdIn = (saw: Saw): string | undefined =>
  'ok' in saw ? readReservationId(saw.ok)?.hold : undefined;
