import { jobMessage } from '#lib/job-message.ts';
import { named } from './keys.ts';
import type { Image, JobMessage, Teller } from './publishing/relay-images.ts';
import type { Slot } from './reservations/slot.ts';
import { leftOf, settlesOf, slotEventData } from './reservations/slot-event.ts';
import type { Sync } from './syncs/sync.ts';
import { startOf, syncEventData, undosOf } from './syncs/sync-event.ts';
import { type Ticket, ticketEventData } from './tickets/ticket.ts';

export const settleMessage = (tenant: string, slot: number, hold: string, delaySeconds: number): JobMessage =>
  jobMessage('payment.settle', { tenant, slot, hold }, delaySeconds);

/** Who tells what a write of each kind of item has caused: the kind is the second part of its key. */
export const tellers = (clock: { now(): number }, marginMs: number): Record<string, Teller> => ({
  slot: {
    data: (image) => slotEventData(image as unknown as Slot),
    jobs: (image) => {
      const slot = image as unknown as Slot;
      const { tenant, id } = named(image);
      return settlesOf(slot, clock.now(), marginMs).map(({ hold, delaySeconds }) =>
        settleMessage(tenant, Number(id), hold, delaySeconds),
      );
    },
  },
  sync: {
    data: (image) => syncEventData(image as unknown as Sync),
    jobs: (image) => undosOf(image as unknown as Sync).map((body) => jobMessage('sync.undo', body)),
    subject: (image) => `sync/${(image as unknown as Sync).token}`,
    start: (image) => startOf(image as unknown as Sync),
  },
  ticket: { data: (image) => ticketEventData(image as unknown as Ticket), jobs: () => [] },
  systems: {
    data: ({ sk }) => ({ system: sk }),
    jobs: ({ sk, event }) => {
      const why = (event as { why?: string }).why ?? `${sk} answers again`;
      return [jobMessage('system.wake', { tenant: '_', system: sk, why })];
    },
  },
});

/** Every settle message that a slot still owes, whatever has become of its events: one for each hold whose payment is not at rest. */
export function owed(image: Image, now: number, marginMs: number): JobMessage[] {
  const slot = image as unknown as Slot;
  const { tenant, id } = named(image);
  return [...(slot.open ?? [])].map((hold) =>
    settleMessage(tenant, Number(id), hold, leftOf(slot, hold, now, marginMs)),
  );
}
