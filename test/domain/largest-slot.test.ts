import { describe, expect, it } from 'vitest';
import { bookedSlotsOn } from '#domain/reservations/slots/booked-slots.ts';
import { brands } from '#domain/reservations/slots/brand.ts';
import { rememberedMs } from '#domain/reservations/slots/settled-requests.ts';
import { room, type Slot } from '#domain/reservations/slots/slot.ts';
import { slotFields, toDescribed } from '#domain/reservations/slots/slot-fields.ts';
import { itemSize } from '#table/item-size.ts';
import { problemOf, world } from './reservations-world.ts';

const tenant = 't'.repeat(31);
const slot = Number.MAX_SAFE_INTEGER;
const brand = brands.toSorted((a, b) => b.length - a.length)[0]!;
/**
 * The version of a slot that is written every second for thirty years. Digits other than trailing
 * zeros take the most bytes.
 */
const v = 999_999_999;
const start = Date.parse('2027-01-15T08:11:11.999Z');

const largest = toDescribed(
  slotFields.parse({
    site: 's'.repeat(45),
    starts_at: '9999-12-31T23:59:59.998Z',
    ends_at: '9999-12-31T23:59:59.999Z',
    price: { amount: 999_999_999_999, currency: 'USD' },
    brands: [...brands],
  }),
);

/**
 * A slot full of bookings and cancellations whose payments are not settled; `sizes` are its bytes
 * after every write.
 */
async function largestSlot() {
  const w = world({ start });
  const stored = () => w.memory.peek({ pk: `${tenant}#slot#${slot}`, sk: 'slot' }) as Slot;
  const reserve = (key: string) => w.reserve(key, { tenant, slot, brand });
  await w.put({ tenant, slot, ...largest });
  await w.memory.putItem({
    label: 'age',
    item: { ...stored(), v, eventV: v },
    condition: 'attribute_exists(#pk)',
  });
  w.written.length = 0;
  for (let booking = 0; booking < room.past; booking++) {
    const { hold } = await w.find((await reserve(`key-${booking}`)).id, tenant);
    expect(await bookedSlotsOn(w.store).cancel(stored(), hold)).toBe(true);
  }
  return { ...w, stored, reserve, sizes: () => w.written.map(itemSize) };
}

describe('the largest legal slot', () => {
  it('refuses another booking while the bookings of the day fill its memory', async () => {
    const { reserve } = await largestSlot();
    expect(await problemOf(reserve('one more'))).toMatchObject({ code: 'slot-history-full', status: 429 });
  });

  it('has at most 1,024 bytes as DynamoDB counts them, so that each write costs one unit', async () => {
    const w = await largestSlot();
    w.pass(rememberedMs + 1_111);
    while (w.stored().open!.size < room.open - 1) {
      w.outside.next('check', 'away');
      await problemOf(w.reserve(`away ${w.stored().open!.size}`));
    }
    await w.reserve('the next day');
    expect(w.stored()).toMatchObject({
      state: 'booked',
      outcome: { brand },
      full: expect.any(Number),
      event: { type: 'slot.reserved' },
    });
    expect([Object.keys(w.stored().past).length, w.stored().open?.size]).toEqual([room.past, room.open]);
    console.log(`largest slot: ${Math.max(...w.sizes())} bytes`);
    expect(Math.max(...w.sizes())).toBeLessThanOrEqual(1024);
  });
});
