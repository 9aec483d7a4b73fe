import { cancelReservation } from '#domain/reservations/cancel-reservation.ts';
import { findReservation } from '#domain/reservations/find-reservation.ts';
import { reserveSlot } from '#domain/reservations/reserve-slot.ts';
import { putSlot } from '#domain/reservations/slots/put-slot.ts';
import { doorsOn } from '#test/simulation/engine/calls.ts';
import type { Ground } from '#test/simulation/engine/stage.ts';
import type { Platform } from '#wiring/platform.ts';
import { reservingToolsOn } from '#wiring/reservations.ts';

/**
 * A client's view of an answer. `unknown`: no answer, or one that promises nothing; the call may
 * have taken effect.
 */
export type Seen = {
  call: 'reserve' | 'cancel' | 'put';
  tenant: string;
  slot: number;
  key: string;
  brand: string | undefined;
  process: number;
  decided: number;
  at: number;
  saw: Saw;
};
type Answer = { id: string; replayed: boolean };
export type Saw = { ok: string; replayed: boolean } | { problem: string } | { unknown: true };
export type Caller = { tenant: string; slot: number; key: string; brand?: string | undefined };

/** The doors as clients meet them. */
export function doors(ground: Ground) {
  const { world, random } = ground;
  const seen: Seen[] = [];
  const ask = doorsOn(ground);

  async function call(
    name: Seen['call'],
    caller: Caller,
    work: (on: Platform) => Promise<Answer>,
  ): Promise<Saw> {
    const { process, outcome } = ask(name, caller.tenant, work);
    const answer = await outcome;
    const saw: Saw = 'ok' in answer ? { ok: answer.ok.id, replayed: answer.ok.replayed } : answer;
    seen.push({
      ...{ call: name, ...caller, brand: caller.brand, process: process.id, decided: process.decided },
      ...{ at: world.clock.now(), saw },
    });
    return saw;
  }

  return {
    seen,
    reserve: (caller: Caller) => call('reserve', caller, (on) => reserveSlot(caller, reservingToolsOn(on))),
    cancel: (caller: Caller, id: string) =>
      call('cancel', caller, async (on) => {
        const found = await findReservation(on, caller.tenant, id);
        await cancelReservation({ tenant: caller.tenant, found, stillMatches: true }, on);
        return { id, replayed: false };
      }),
    put: (caller: Caller, ifMatch?: 'any') =>
      call('put', caller, async (on) => {
        const described = {
          site: random.pick(['North', 'South']),
          startsAt: '2027-01-16T09:00:00.000Z',
          price: { amount: 0, currency: 'USD' },
        };
        const { slot } = await putSlot({ ...caller, change: on.newId(), ifMatch, ...described }, on);
        return { id: String(slot.v), replayed: false };
      }),
  };
}

export type Doors = ReturnType<typeof doors>;
