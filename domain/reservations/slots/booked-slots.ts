import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { holdStateOf } from './hold-state.ts';
import { remember } from './settled-requests.ts';
import { room, type Slot } from './slot.ts';

/** The slot's writes after its reservation: cancelled by the customer, taken back when its time is up, struck when its payment is at rest. */
export const bookedSlotsOn = ({ table, clock }: Store) => ({
  /**
   * Give the slot back. Promises: it was still booked by this hold. While it is, nobody else writes `past`, so the memory computed from what was read is the
   * memory that is. Says false when this hold had passed, which makes a second cancellation the same answer.
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

  /** Take back a hold whose time is up. The item that comes back, before or after, says what this hold came to. */
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

  /** Strike a hold whose payment is at rest. Promises: the slot still says what the payment was compared with. Says false when it says something else: compare again. */
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
