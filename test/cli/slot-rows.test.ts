import { describe, expect, it } from 'vitest';
import { readSlotRows } from '#cli/slot-rows.ts';

const header = 'slot_id,site,starts_at,ends_at,amount,currency,brands';
const read = (...rows: string[]) => readSlotRows([header, ...rows].join('\n'));

describe('a CSV file of slots', () => {
  it('is read into the fields of the API', () => {
    const { rows, wrong } = read(
      '42,Harbour,2027-01-15T10:00:00+01:00,2027-01-15T09:15:00Z,2500,USD,Pfizer|Moderna',
      '7,Hill,2027-01-15T09:00:00Z,,,,',
    );
    expect(wrong).toEqual([]);
    expect(rows).toEqual([
      {
        slot: 42,
        site: 'Harbour',
        startsAt: '2027-01-15T09:00:00.000Z',
        endsAt: '2027-01-15T09:15:00.000Z',
        price: { amount: 2500, currency: 'USD' },
        brands: ['Pfizer', 'Moderna'],
      },
      {
        slot: 7,
        site: 'Hill',
        startsAt: '2027-01-15T09:00:00.000Z',
        endsAt: undefined,
        price: undefined,
        brands: undefined,
      },
    ]);
  });

  it('may omit and reorder columns, separate brands by semicolons, quote, and begin with a byte order mark', () => {
    const { rows, wrong } = readSlotRows(
      '\ufeffsite,slot_id,starts_at,brands\r\n"Harbour, East",1,2027-01-15T09:00:00Z,Pfizer; Novavax\r\n',
    );
    expect(wrong).toEqual([]);
    expect(rows).toMatchObject([{ slot: 1, site: 'Harbour, East', brands: ['Pfizer', 'Novavax'] }]);
  });

  it.each([
    ['0,Harbour,2027-01-15T09:00:00Z,,,,', 'line 2, slot_id: '],
    ['1,,2027-01-15T09:00:00Z,,,,', 'line 2, site: '],
    ['1,Harbour,15.01.2027,,,,', 'line 2, starts_at: '],
    ['1,Harbour,2027-01-15T09:00:00Z,2027-01-15T08:00:00Z,,,', 'line 2, ends_at: '],
    ['1,Harbour,2027-01-15T09:00:00Z,,25.00,USD,', 'line 2, amount: '],
    ['1,Harbour,2027-01-15T09:00:00Z,,-1,USD,', 'line 2, amount: '],
    ['1,Harbour,2027-01-15T09:00:00Z,,,USD,', 'line 2, amount: '],
    ['1,Harbour,2027-01-15T09:00:00Z,,5,,', 'line 2, currency: '],
    ['1,Harbour,2027-01-15T09:00:00Z,,5,usd,', 'line 2, currency: '],
    ['1,Harbour,2027-01-15T09:00:00Z,,,,Pfizer|Pfizer', 'line 2, brands: '],
    ['1,Harbour,2027-01-15T09:00:00Z,,,', 'line 2: '],
    ['1,Harbour,2027-01-15T09:00:00Z,,,,Pfizer,Moderna', 'line 2: '],
  ])('reports an error by line and column: %s', (row, named) => {
    const { rows, wrong } = read(row);
    expect(rows).toEqual([]);
    expect(wrong).toEqual([expect.stringContaining(named)]);
  });

  it('reports a slot that occurs twice, and counts lines as an editor does', () => {
    const { wrong } = read('1,"Harbour\nEast",2027-01-15T09:00:00Z,,,,', '1,Hill,2027-01-15T09:00:00Z,,,,');
    expect(wrong).toEqual(['line 4, slot_id: 1 is already in line 3.']);
  });

  it.each([
    ['slot_id,site', 'line 1: the column starts_at is missing.'],
    ['slot_id,site,starts_at,colour', "line 1: there is no column 'colour'"],
    ['slot_id,site,starts_at,amount,site', 'line 1: the column site is there twice.'],
  ])('must have the required columns and no unknown ones: %s', (first, message) => {
    expect(() => readSlotRows(`${first}\n1,2,3\n`)).toThrow(message);
  });
});
