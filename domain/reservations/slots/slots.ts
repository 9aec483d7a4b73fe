import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/aws/table.ts';
import { digest } from '#lib/ids.ts';
import { type HoldClaim, type HoldOutcome, holdOutcomeOf } from './hold-outcome.ts';
import { type Refusal, remember } from './settled-requests.ts';
import { type Booking, type ReserveSlot, room, type Slot } from './slot.ts';

export const holderOf = (command: ReserveSlot): string => digest(command.tenant, command.key);
export const reserveRequestDigest = (command: ReserveSlot): string =>
  digest('reserve-slot', command.slot, command.brand);

/**
 * In every write that changes `v` and publishes an event. Right-hand sides refer to the item
 * before the write.
 */
const telling = '#event = :event, #eventV = #v + :one, #v = #v + :one';
const letGo = `SET #state = :free, ${telling}`;
const clearHold = 'REMOVE #holder, #hold, #request, #until';

/** An attempt that holds the slot: each of its later writes is conditional on it. */
export type Hold = { command: ReserveSlot; id: string; slot: Slot };

/**
 * The slot's writes of a reservation: hold, then confirm or release, each one conditional write.
 * After a failed condition the returned item answers: the attempt's own id in the state just
 * written is the echo of a success whose response was lost.
 */
export const slotsOn = ({ table, clock }: Store, lease: { ms: number }) => ({
  /**
   * Holds the slot for a lease. Promises: it was free or its lease had lapsed (never by TTL), this
   * request was not settled, this very hold was not released since (a retry must not take it
   * again), and there is room for one more payment and one more booking.
   */
  async hold(
    command: ReserveSlot,
    id: string,
    begun: number,
  ): Promise<{ hold: Hold } | { answer: HoldOutcome }> {
    const mine = holderOf(command);
    const decision = await table.updateItem({
      label: 'hold',
      key: keys.slot(command.tenant, command.slot),
      update: `SET #state = :held, #holder = :mine, #hold = :hold, #request = :request, #until = :until, ${telling} ADD #open :holds REMOVE #outcome`,
      condition: `(#state = :free OR (#state = :held AND #until < :now)) AND attribute_not_exists(#past.#mine)
        AND (attribute_not_exists(#open) OR (NOT contains(#open, :hold) AND size(#open) < :room))
        AND (attribute_not_exists(#full) OR #full < :now)${command.brand ? ' AND (attribute_not_exists(#brands) OR contains(#brands, :brand))' : ''}`,
      names: { mine },
      values: {
        ...{
          mine,
          hold: id,
          holds: new Set([id]),
          request: reserveRequestDigest(command),
          until: begun + lease.ms,
          now: begun,
        },
        ...{
          free: 'free',
          held: 'held',
          one: 1,
          room: room.open,
          event: { type: 'slot.held', at: begun, attempt: id },
        },
        ...(command.brand && { brand: command.brand }),
      },
    });
    const slot = decision.item as Slot | undefined;
    if (decision.accepted || (slot?.state === 'held' && slot.hold === id))
      return { hold: { command, id, slot: slot as Slot } };
    return { answer: holdOutcomeOf(slot, standing(command, id, clock.now())) };
  },

  /** Books the slot. Promises: it was still held by this very attempt, however late that is. */
  async confirm({ command, id }: Hold): Promise<HoldOutcome> {
    const now = clock.now();
    const outcome: Booking = { at: now, ...(command.brand && { brand: command.brand }) };
    const decision = await table.updateItem({
      label: 'confirm',
      key: keys.slot(command.tenant, command.slot),
      update: `SET #state = :booked, #outcome = :outcome, ${telling} REMOVE #until`,
      condition: '#state = :held AND #hold = :hold',
      values: {
        booked: 'booked',
        held: 'held',
        hold: id,
        one: 1,
        outcome,
        event: { type: 'slot.reserved', at: now, attempt: id },
      },
    });
    const slot = decision.item as Slot | undefined;
    if (decision.accepted || (slot?.state === 'booked' && slot.hold === id))
      return { booked: { hold: id, ...outcome }, replayed: false };
    return holdOutcomeOf(slot, standing(command, id, now));
  },

  /**
   * Releases the slot. Promises: it was still held by this very attempt. A refusal is remembered,
   * so that a repeat gets the same answer; an outage is not.
   */
  async release(
    { command, id, slot: held }: Hold,
    refused?: Refusal,
  ): Promise<HoldOutcome | { released: true }> {
    const now = clock.now();
    const mine = holderOf(command);
    const memory =
      refused && remember(held, mine, { request: reserveRequestDigest(command), at: now, refused }, now);
    const decision = await table.updateItem({
      label: 'release',
      key: keys.slot(command.tenant, command.slot),
      update: `${letGo}${memory ? ', #past = :past' : ''} ${clearHold}`,
      condition: '#state = :held AND #hold = :hold',
      values: {
        ...{
          free: 'free',
          held: 'held',
          hold: id,
          one: 1,
          event: { type: 'slot.released', at: now, attempt: id },
        },
        ...(memory && { past: memory.past }),
      },
    });
    const slot = decision.item as Slot | undefined;
    const echo = slot?.event.type === 'slot.released' && slot.event.attempt === id;
    if (decision.accepted || echo) return { released: true };
    return holdOutcomeOf(slot, standing(command, id, now));
  },
});

const standing = (command: ReserveSlot, hold: string, now: number): HoldClaim => ({
  ...{ holder: holderOf(command), request: reserveRequestDigest(command), hold, now },
  ...(command.brand && { brand: command.brand }),
});

export type Slots = ReturnType<typeof slotsOn>;
