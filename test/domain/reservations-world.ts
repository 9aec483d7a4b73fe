import { type Image, type JobMessage, relayImages } from '#domain/relay/relay.ts';
import { cancelReservation } from '#domain/reservations/cancel-reservation.ts';
import { findReservation } from '#domain/reservations/find-reservation.ts';
import { type SettlePayment, settlePayment } from '#domain/reservations/payments/settle-payment.ts';
import { readReservationId } from '#domain/reservations/reservation-id.ts';
import { reserveSlot } from '#domain/reservations/reserve-slot.ts';
import { type PutSlot, putSlot } from '#domain/reservations/slots/put-slot.ts';
import { readSlot } from '#domain/reservations/slots/read-slot.ts';
import type { CloudEvent } from '#events/event.ts';
import type { Store } from '#lib/aws/table.ts';
import type { Problem } from '#lib/problem.ts';
import { memoryTable } from '#table/memory-table.ts';
import { handClock, platformOf } from '#test/platform.ts';
import { settingsOf } from '#test/settings.ts';
import { relayToolsOn } from '#wiring/relay.ts';
import { reservingToolsOn, settlingToolsOn } from '#wiring/reservations.ts';
import { meter, meteredTable } from './call-meter.ts';
import { partners } from './scripted-partners.ts';

export const tenant = 'acme';
export const leaseMs = 30_000;
export const marginMs = 5_000;

/**
 * The product's operations on a table in memory, with the outside systems' own books and a manual
 * clock.
 */
export function world({ start = Date.parse('2027-01-15T08:00:00Z') } = {}) {
  const { clock, pass } = handClock(start);
  const counted = meter();
  const written: Image[] = [];
  const memory = memoryTable({ onWrite: (image) => void written.push(image as Image) });
  const store: Store = { table: meteredTable(memory, counted), clock };
  const outside = partners({ clock, meter: counted });
  let minted = 0;
  const newId = () => Buffer.from(`attempt${String(++minted).padStart(5, '0')}`).toString('base64url');
  const platform = platformOf({
    ...{ ...store, newId, outside: outside.outside },
    settings: settingsOf({ LEASE_SECONDS: leaseMs / 1000, SETTLE_MARGIN_SECONDS: marginMs / 1000 }),
  });

  const reserve = (
    key: string,
    more: { slot?: number; brand?: string; tenant?: string } = {},
    own: Partial<Store> = {},
  ) => reserveSlot({ tenant, slot: 42, key, ...more }, reservingToolsOn({ ...platform, ...own }));
  const settle = (message: Partial<SettlePayment> & { hold: string }, own: Partial<Store> = {}) =>
    settlePayment({ tenant, slot: 42, ...message }, settlingToolsOn({ ...platform, ...own }));

  return {
    ...{ platform, store, memory, clock, pass, meter: counted, outside, written, reserve, settle },
    put: (more: Partial<PutSlot> = {}, own: Partial<Store> = {}) =>
      putSlot(
        { tenant, slot: 42, change: newId(), site: 'Gym', startsAt: '2027-01-15T09:00:00.000Z', ...more },
        { ...store, ...own },
      ),
    slot: async (number = 42) => (await readSlot({ table: memory, clock }, tenant, number))!,
    cancel: async (id: string, stillMatches = true) =>
      cancelReservation({ tenant, found: await findReservation(store, tenant, id), stillMatches }, store),
    find: (id: string, who = tenant) => findReservation(store, who, id),
    /** Relays everything written since the last call. */
    async relay() {
      const [events, messages, parked]: [CloudEvent[], JobMessage[], unknown[]] = [[], [], []];
      const bus = { putEvents: async (more: CloudEvent[]) => void events.push(...more) };
      const queues = { sendMessages: async (more: JobMessage[]) => void messages.push(...more) };
      await relayImages(written.splice(0), {
        ...relayToolsOn({ ...platform, bus, queues }),
        park: async (record) => void parked.push(record),
      });
      return { events, messages, parked };
    },
  };
}

export type World = ReturnType<typeof world>;

export const holdOf = (reservationId: string): string => readReservationId(reservationId)!.hold;

/** The problem that a promise rejects with; throws if it resolves. */
export const problemOf = (doing: Promise<unknown>): Promise<Problem> =>
  doing.then(
    () => {
      throw new Error('It succeeded');
    },
    (error: unknown) => error as Problem,
  );

/**
 * A table that loses the first answer to a write: the write arrives, and the SDK sends it again.
 */
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
