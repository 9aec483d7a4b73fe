import { authorization } from '#domain/payments/authorization.ts';
import { clearinghouseOn } from '#domain/payments/clearinghouse.ts';
import { cancelReservation } from '#domain/reservations/cancel-reservation.ts';
import { eligibilityOf } from '#domain/reservations/check-eligibility.ts';
import { findReservation } from '#domain/reservations/find-reservation.ts';
import { putSlot } from '#domain/reservations/put-slot.ts';
import { reserveSlot } from '#domain/reservations/reserve-slot.ts';
import { slotsOn } from '#domain/reservations/slots.ts';
import { Problem } from '#lib/problem.ts';
import clearinghouse from '#systems/clearinghouse.json' with { type: 'json' };
import eligibility from '#systems/eligibility.json' with { type: 'json' };
import { manifest } from '#systems/manifest.ts';
import type { MemoryTable } from '#table/memory-table.ts';
import type { Partner, Ports } from './ports.ts';
import type { Random } from './random.ts';
import type { Process, World } from './world.ts';

export const leaseMs = 30_000;
/** What a client saw. `unknown`: no answer, or one that promises nothing; the call may or may not have happened. */
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
export type Saw = { ok: string; replayed: boolean } | { problem: string } | { unknown: true };
export type Caller = { tenant: string; slot: number; key: string; brand?: string | undefined };

type Tools = {
  world: World;
  random: Random;
  ports: Ports;
  table: MemoryTable;
  partner: Partner;
  skew: () => number;
};
const payments = manifest.parse(clearinghouse);
const checks = manifest.parse(eligibility);
const gatewayMs = 29_000;

/** The doors as clients meet them: each call is a process of its own, and a client whose call dies or takes too long never learns what became of it. */
export function doors({ world, random, ports, table, partner, skew }: Tools) {
  const seen: Seen[] = [];

  async function call(
    name: Seen['call'],
    caller: Caller,
    work: (process: Process) => Promise<{ ok: string; replayed: boolean }>,
  ): Promise<Saw> {
    const process = world.process(name, caller.tenant, skew());
    const saw = await new Promise<Saw>((resolve) => {
      process.died = () => resolve({ unknown: true });
      world.after(gatewayMs, () => resolve({ unknown: true }));
      work(process).then(resolve, (error) =>
        resolve(error instanceof Problem ? { problem: error.code } : { unknown: true }),
      );
    });
    seen.push({
      call: name,
      ...caller,
      brand: caller.brand,
      process: process.id,
      decided: process.decided,
      at: world.clock.now(),
      saw,
    });
    return saw;
  }

  const storeOf = (process: Process) => ({ table: ports.table(process, table), clock: process.clock });

  return {
    seen,
    reserve: (caller: Caller) =>
      call('reserve', caller, async (process) => {
        const outside = ports.outside(process, partner);
        const tools = {
          slots: slotsOn(storeOf(process), { ms: leaseMs }),
          checks: {
            eligibility: eligibilityOf(outside, checks),
            payment: authorization(clearinghouseOn(outside, payments)),
          },
          ...{ clock: process.clock, newId: random.id, leaseMs },
        };
        const { id, replayed } = await reserveSlot(caller, tools);
        return { ok: id, replayed };
      }),
    cancel: (caller: Caller, id: string) =>
      call('cancel', caller, async (process) => {
        const store = storeOf(process);
        const found = await findReservation(store, caller.tenant, id);
        await cancelReservation({ tenant: caller.tenant, found, stillMatches: true }, store);
        return { ok: id, replayed: false };
      }),
    put: (caller: Caller, ifMatch?: 'any') =>
      call('put', caller, async (process) => {
        const described = {
          site: random.pick(['North', 'South']),
          startsAt: '2027-01-16T09:00:00.000Z',
          price: { amount: 0, currency: 'USD' },
        };
        const { slot } = await putSlot(
          { ...caller, change: random.id(), ifMatch, ...described },
          storeOf(process),
        );
        return { ok: String(slot.v), replayed: false };
      }),
  };
}

export type Doors = ReturnType<typeof doors>;
