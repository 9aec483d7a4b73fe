import { describe, expect, it } from 'vitest';
import {
  cancelled,
  pack,
  remember,
  rememberedMs,
  type Settled,
  unpack,
} from '#domain/reservations/slots/settled-requests.ts';
import { room, type Slot } from '#domain/reservations/slots/slot.ts';
import { digest, newId } from '#lib/ids.ts';

const now = Date.parse('2027-01-15T08:00:00Z');
const booking = (at = now, brand?: string): Settled => ({
  request: digest('r'),
  at,
  hold: newId(),
  ...(brand && { brand }),
});
const refusal = (at = now): Settled => ({ request: digest('r'), at, refused: 'payment' });
const slotWith = (...settled: Settled[]) =>
  ({
    past: Object.fromEntries(settled.map((one, i) => [digest('holder', i), pack(one)])),
  }) as unknown as Slot;
const keptIn = (past: Record<string, Uint8Array>) => Object.values(past).map(unpack);

describe('the requests that a slot remembers', () => {
  it.each([
    booking(now, 'AstraZeneca'),
    booking(now),
    refusal(now),
    { ...refusal(now), refused: 'eligibility and payment' } as Settled,
  ])('survive packing: %o', (settled) => expect(unpack(pack(settled))).toEqual(settled));

  it('drop bookings by age', () => {
    const [old, young] = [booking(now - rememberedMs), booking(now - rememberedMs + 1000)];
    const { past } = remember(slotWith(old, young), digest('me'), booking(), now);
    expect(keptIn(past).map(({ at }) => at)).toEqual([now, young.at]);
  });

  it('drop refusals for lack of room, the oldest first, and never a booking for a refusal', () => {
    const bookings = Array.from({ length: room.past - 2 }, (_, i) => booking(now - 50_000 - i));
    const [older, newer] = [refusal(now - 20_000), refusal(now - 10_000)];
    const { past, full } = remember(slotWith(older, ...bookings, newer), digest('me'), refusal(), now);
    const kept = keptIn(past);
    expect(kept).toHaveLength(room.past);
    expect(kept.filter((one) => 'hold' in one)).toHaveLength(room.past - 2);
    expect(kept.flatMap((one) => ('refused' in one ? [one.at] : []))).toEqual([now, newer.at]);
    expect(full).toBeUndefined();
  });

  it('drop even the newest refusal where bookings need the room', () => {
    const bookings = Array.from({ length: room.past - 1 }, (_, i) => booking(now - i * 1000));
    const { past } = remember(slotWith(...bookings, refusal(now)), digest('me'), booking(), now);
    expect(keptIn(past).every((one) => 'hold' in one)).toBe(true);
  });

  it('name the time until which they are full: a day after the oldest booking', () => {
    const oldest = now - 5 * 3_600_000;
    const bookings = [booking(oldest), ...Array.from({ length: room.past - 2 }, () => booking(now - 1000))];
    expect(remember(slotWith(...bookings), digest('me'), booking(), now).full).toBe(oldest + rememberedMs);
  });

  it('have one entry for each holder', () => {
    const slot = slotWith(refusal(now - 1000));
    const { past } = remember(slot, digest('holder', 0), booking(), now);
    expect(keptIn(past)).toMatchObject([{ at: now, hold: expect.any(String) }]);
  });

  it('find a cancelled booking by its hold', () => {
    const mine = booking(now, 'Pfizer');
    expect(cancelled(slotWith(refusal(), mine), 'hold' in mine ? mine.hold : '')).toEqual({
      at: now,
      brand: 'Pfizer',
    });
    expect(cancelled(slotWith(mine), newId())).toBeUndefined();
  });
});
