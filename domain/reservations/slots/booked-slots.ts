import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { holdStateOf } from './hold-state.ts';
import { remember } from './settled-requests.ts';
import { room, type Slot } from './slot.ts';

/**
 * The slot's writes after a reservation: cancelled by the customer, released on expiry, closed
 * when its payment is settled.
 */
export const bookedSlotsOn = ({ table, clock }: Store) => ({
  /**
   * Cancels a booking. Promises: the slot is still booked by this hold; while it is, no other
   * write changes `past`, so the memory computed from the read is current. Returns false if the
   * hold is over, so a second cancellation gets the same answer.
   */
  async cancel(slot: Slot, hold: string): Promise<boolean> {
    const now = clock.now();
    const { holder = '', request = '', outcome } = slot;
    const brand = outcome?.brand;
    const memory = remember(slot, holder, { request, at: now, hold, ...(brand && { brand }) }, now);
    const decision = await table.updateItem({
      label: 'cancel',
      key: { pk: slot.pk, sk: slot.sk },
      update: `SET #state = :free, #past = :past, #event = :event, #eventV = #v + :one, #v = #v + :one${memory.full ? ', #full = :full' : ''}
        ADD #open :holds REMOVE #holder, #hold, #request, #outcome${memory.full ? '' : ', #full'}`,
      condition: `#state = :booked AND #hold = :hold AND (attribute_not_exists(#open) OR contains(#open, :hold) OR size(#open) < :room)`,
      values: {
        ...{
          free: 'free',
          booked: 'booked',
          hold,
          holds: new Set([hold]),
          one: 1,
          room: room.open,
          past: memory.past,
        },
        ...(memory.full && { full: memory.full }),
        event: { type: 'slot.released', at: now, attempt: hold, ...(outcome && { booking: outcome }) },
      },
    });
    if (decision.accepted) return true;
    if (holdStateOf(decision.item as Slot | undefined, hold) === 'booked')
      throw new Problem('slot-unsettled', { retryAfter: 5 });
    return false;
  },

  /**
   * Releases an expired hold. The returned item, before or after the write, tells what became of
   * it.
   */
  async letGo(tenant: string, slot: number, hold: string): Promise<'booked' | 'gone'> {
    const now = clock.now();
    const decision = await table.updateItem({
      label: 'let-go',
      key: keys.slot(tenant, slot),
      update:
        'SET #state = :free, #event = :event, #eventV = #v + :one, #v = #v + :one REMOVE #holder, #hold, #request, #until',
      condition: '#state = :held AND #hold = :hold',
      values: {
        free: 'free',
        held: 'held',
        hold,
        one: 1,
        event: { type: 'slot.lapsed', at: now, attempt: hold },
      },
    });
    return !decision.accepted && holdStateOf(decision.item as Slot | undefined, hold) === 'booked'
      ? 'booked'
      : 'gone';
  },

  /**
   * Closes a hold whose payment is settled. Promises: the slot still says what the payment was
   * compared with. Returns false if it does not: compare again.
   */
  async close(tenant: string, slot: number, hold: string, compared: 'booked' | 'gone'): Promise<boolean> {
    const still =
      compared === 'booked'
        ? '#state = :booked AND #hold = :hold'
        : '(attribute_not_exists(#hold) OR #hold <> :hold)';
    const decision = await table.updateItem({
      label: 'close',
      key: keys.slot(tenant, slot),
      update: 'SET #v = #v + :one DELETE #open :holds',
      condition: `contains(#open, :hold) AND ${still}`,
      values: { hold, holds: new Set([hold]), one: 1, ...(compared === 'booked' && { booked: 'booked' }) },
    });
    return decision.accepted || !(decision.item as Slot | undefined)?.open?.has(hold);
  },
});
