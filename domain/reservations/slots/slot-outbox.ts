import { named } from '#domain/keys.ts';
import type { Image, Teller } from '#domain/publishing/relay-images.ts';
import type { Slot } from '#domain/reservations/slot.ts';
import { leftOf, settlesOf, slotEventData } from '#domain/reservations/slot-event.ts';
import type { Clock } from '#lib/clock.ts';
import { type JobMessage, jobMessage } from '#lib/job-message.ts';

export const settleMessage = (tenant: string, slot: number, hold: string, delaySeconds: number): JobMessage =>
  jobMessage('payment.settle', { tenant, slot, hold }, delaySeconds);

/** What a write of a slot tells, and the payments that it asks to settle: `marginMs` after a hold's lease. */
export const slotOutbox = (clock: Clock, marginMs: number): Teller => ({
  data: (image) => slotEventData(image as unknown as Slot),
  jobs: (image) => {
    const slot = image as unknown as Slot;
    const { tenant, id } = named(image);
    return settlesOf(slot, clock.now(), marginMs).map(({ hold, delaySeconds }) =>
      settleMessage(tenant, Number(id), hold, delaySeconds),
    );
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
