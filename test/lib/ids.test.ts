import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReservationId, reservationId } from '#domain/reservations/reservation-id.ts';
import { canonical, digest, newId } from '#lib/ids.ts';

/** The same value with its keys in the opposite order, at all depths. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, turned(inner)]),
  );
};

describe('canonical JSON', () => {
  it('is one text for equal values, whatever the order of keys, and parses back to the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(canonical(turned(value))).toBe(canonical(value));
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('omits a field whose value is undefined', () => {
    expect(canonical({ a: 1, b: undefined })).toBe(canonical({ a: 1 }));
  });
});

describe('a digest', () => {
  it('differs for any two lists of parts', () => {
    const lists = [
      ['ab', 'c'],
      ['a', 'bc'],
      ['abc'],
      ['a,b', 'c'],
      [['ab'], 'c'],
      [1, 2],
      ['1', '2'],
      [12],
      [],
      [null],
      [''],
      ['a"', 'b'],
      ['a', '"b'],
    ];
    expect(new Set(lists.map((parts) => digest(...parts))).size).toBe(lists.length);
  });

  it('has 22 characters that are safe in URLs and keys', () => expect(digest('x')).toMatch(/^[\w-]{22}$/));
});

describe('an id', () => {
  it('has 16 characters, and differs each time', () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect(ids.every((id) => /^[\w-]{16}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(1000);
  });

  it('of a reservation encodes its slot and hold, and has exactly one spelling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (slot) => {
        const hold = newId();
        const id = reservationId(slot, hold);
        expect(readReservationId(id)).toEqual({ slot, hold });
        for (const other of [
          `${id}=`,
          `${id} `,
          id.slice(0, -1),
          id.toUpperCase(),
          id.slice(4),
          `rev_${id.slice(4)}`,
        ])
          expect(readReservationId(other), other).toBeUndefined();
      }),
    );
  });
});
