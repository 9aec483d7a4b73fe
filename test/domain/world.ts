import { authorization } from '#domain/payments/authorization.ts';
import { clearinghouseOn } from '#domain/payments/clearinghouse.ts';
import { paymentsOn } from '#domain/payments/payments.ts';
import { type SettlePayment, settlePayment } from '#domain/payments/settle-payment.ts';
import { type Image, type JobMessage, relayImages } from '#domain/publishing/relay-images.ts';
import { bookingsOn } from '#domain/reservations/bookings.ts';
import { cancelReservation } from '#domain/reservations/cancel-reservation.ts';
import { eligibilityOf } from '#domain/reservations/check-eligibility.ts';
import { findReservation } from '#domain/reservations/find-reservation.ts';
import { type PutSlot, putSlot } from '#domain/reservations/put-slot.ts';
import { readSlot } from '#domain/reservations/read-slot.ts';
import { readReservationId } from '#domain/reservations/reservation-id.ts';
import { reserveSlot } from '#domain/reservations/reserve-slot.ts';
import { slotsOn } from '#domain/reservations/slots.ts';
import { tellers } from '#domain/telling.ts';
import type { CloudEvent } from '#events/event.ts';
import type { Problem } from '#lib/problem.ts';
import type { Store } from '#lib/table.ts';
import clearinghouse from '#systems/clearinghouse.json' with { type: 'json' };
import eligibility from '#systems/eligibility.json' with { type: 'json' };
import { manifest } from '#systems/manifest.ts';
import { memoryTable } from '#table/memory-table.ts';
import { meter, meteredTable } from './metered.ts';
import { partners } from './partners.ts';

export const tenant = 'acme';
export const leaseMs = 30_000;
export const marginMs = 5_000;

/** The product's operations on a table in memory, with the outside systems' own books and a clock that is turned by hand. */
export function world({ start = Date.parse('2027-01-15T08:00:00Z') } = {}) {
  let now = start;
  const clock = { now: () => now };
  const counted = meter();
  const written: Image[] = [];
  const memory = memoryTable({ onWrite: (image) => void written.push(image as Image) });
  const store: Store = { table: meteredTable(memory, counted), clock };
  const outside = partners({ clock, meter: counted });
  const payments = clearinghouseOn(outside.outside, manifest.parse(clearinghouse));
  const checks = {
    eligibility: eligibilityOf(outside.outside, manifest.parse(eligibility)),
    payment: authorization(payments),
  };
  let minted = 0;
  const newId = () => Buffer.from(`attempt${String(++minted).padStart(5, '0')}`).toString('base64url');

  const reserve = (
    key: string,
    more: { slot?: number; brand?: string; tenant?: string } = {},
    own: Partial<Store> = {},
  ) => {
    const tools = { slots: slotsOn({ ...store, ...own }, { ms: leaseMs }), checks, clock, newId, leaseMs };
    return reserveSlot({ tenant, slot: 42, key, ...more }, tools);
  };
  const settle = (message: Partial<SettlePayment> & { hold: string }, own: Partial<Store> = {}) => {
    const from = { ...store, ...own };
    return settlePayment(
      { tenant, slot: 42, ...message },
      { holds: bookingsOn(from), payments: paymentsOn(from), clearinghouse: payments, clock },
    );
  };

  return {
    ...{ store, memory, clock, meter: counted, outside, written, reserve, settle },
    pass(ms: number) {
      now += ms;
    },
    put: (more: Partial<PutSlot> = {}, own: Partial<Store> = {}) =>
      putSlot(
        { tenant, slot: 42, change: newId(), site: 'Gym', startsAt: '2027-01-15T09:00:00.000Z', ...more },
        { ...store, ...own },
      ),
    slot: async (number = 42) => (await readSlot({ table: memory, clock }, tenant, number))!,
    cancel: async (id: string, stillMatches = true) =>
      cancelReservation({ tenant, found: await findReservation(store, tenant, id), stillMatches }, store),
    find: (id: string, who = tenant) => findReservation(store, who, id),
    /** What the relay makes of everything written so far. */
    async told() {
      const [events, messages, parked]: [CloudEvent[], JobMessage[], unknown[]] = [[], [], []];
      await relayImages(written.splice(0), {
        tellers: tellers(clock, marginMs),
        bus: { putEvents: async (more) => void events.push(...more) },
        queues: { sendMessages: async (more) => void messages.push(...more) },
        executions: { startExecution: async () => {} },
        record: async () => {},
        park: async (record) => void parked.push(record),
      });
      return { events, messages, parked };
    },
  };
}

export type World = ReturnType<typeof world>;

export const holdOf = (reservationId: string): string => readReservationId(reservationId)!.hold;

/** The problem that something ends in; it is a failure of the test if it does not. */
export const problemOf = (doing: Promise<unknown>): Promise<Problem> =>
  doing.then(
    () => {
      throw new Error('It succeeded');
    },
    (error: unknown) => error as Problem,
  );

/** A table whose first answer to that write is lost: the write arrives, and the SDK sends it once more. */
export const losingAnswers = ({ table }: Store, label: string): Pick<Store, 'table'> => {
  let lost = false;
  const again = async <T>(mine: boolean, send: () => Promise<T>) => {
    if (mine && !lost) {
      lost = true;
      await send();
    }
    return send();
  };
  return {
    table: {
      ...table,
      updateItem: (write) => again(write.label === label, () => table.updateItem(write)),
      putItem: (put) => again(put.label === label, () => table.putItem(put)),
    },
  };
};
