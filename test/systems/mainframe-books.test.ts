import { beforeEach, describe, expect, it } from 'vitest';
import { accepted, mainframeAt, none, reversed } from './mainframe-at.ts';
import { fileWith, items, key, now, type Said, token } from './mainframe-layout.ts';

let at: ReturnType<typeof mainframeAt>;
beforeEach(() => {
  at = mainframeAt();
});

const other = 'f'.repeat(32);

describe('the books of the mainframe', () => {
  it('book a whole file once, and answer its totals', async () => {
    expect(await at.load()).toBe(accepted);
    expect(at.entry()).toMatchObject({
      state: 'committed',
      effects: { ...none, commit: 1 },
      items: { count: 3, amount_minor: 1_800 },
      sequence: '1800000060000123',
      calls: [{ at: now, call: 'commit', answer: { accepted: { count: 3 } } }],
    });
    expect([at.books.query(key), at.books.query('another')]).toEqual(['committed', 'absent']);
  });

  it('ignore a file that is being written', async () => {
    await at.files.write(`LS-${token}.part`, [fileWith()]);
    expect([at.books.entries(), at.books.query(key)]).toEqual([[], 'absent']);
    expect(await at.files.size(`LS-${token}.rsp`)).toBeUndefined();
  });

  it('answer the same file the same, without a second effect, even when it is stale', async () => {
    await at.load();
    at.time.now += 48 * 3_600_000;
    expect(await at.load()).toBe(accepted);
    expect(at.entry()?.effects).toEqual({ ...none, commit: 1 });
    expect(at.entry()?.calls).toHaveLength(2);
  });

  it.each<[other: string, said: Said]>([
    ['amount', { items: [{ id: 'a1', amount_minor: 2_501 }] }],
    ['sequence', { sequence: '1800000060000124' }],
    ['date', { created: '20270115T200000Z' }],
    ['kind (an unknown one)', { kind: 'UNLOAD' }],
  ])(
    'mismatch: a file with another %s under the same token books nothing, and the first answer stays',
    async (_, said) => {
      await at.load();
      expect(await at.load(said)).toBe(accepted);
      expect(at.entry()?.calls[1]?.answer).toHaveProperty('refused');
      expect(at.entry()).toMatchObject({
        state: 'committed',
        effects: { commit: 1 },
        items: { amount_minor: 1_800 },
      });
      expect(await at.load()).toBe(accepted);
    },
  );

  it('mismatch: a file whose token or kind differs from its name is refused', async () => {
    expect(await at.brought(fileWith(), { name: other })).toBe('REJECTED reason=mismatch');
    expect(await at.brought(fileWith({ kind: 'REVERSAL' }))).toBe('REJECTED reason=mismatch');
    expect(at.books.entries().map(({ state }) => state)).toEqual(['absent', 'absent']);
  });

  it('sequence-taken: a sequence belongs to one sync, unless that sync was refused', async () => {
    await at.voided();
    expect(await at.load()).toBe('REJECTED reason=voided');
    expect(await at.load({ token: other })).toBe(accepted);
    expect(await at.load({ token: 'e'.repeat(32) })).toBe('REJECTED reason=sequence-taken');
    expect(at.books.sequences()).toEqual({ '1800000060000123': 'ffffffff-ffff-ffff-ffff-ffffffffffff' });
  });

  it('stale: a file is refused after a day, to the millisecond', async () => {
    at.time.now = Date.parse('2027-01-16T08:00:00Z') + 1;
    expect(await at.load()).toBe('REJECTED reason=stale');
    at.time.now -= 1;
    expect(await at.load({ token: other })).toBe(accepted);
    expect(at.entry()?.effects).toEqual(none);
  });

  it('malformed: half a file is refused, and the whole one is accepted afterwards', async () => {
    expect(await at.brought(fileWith().subarray(0, 250))).toBe('REJECTED reason=malformed code=short');
    expect(await at.brought(fileWith().subarray(0, 240))).toBe('REJECTED reason=malformed code=no-trailer');
    expect(await at.brought(Buffer.alloc(0))).toBe('REJECTED reason=malformed code=no-header');
    expect(await at.load({ kind: 'UNLOAD' })).toBe('REJECTED reason=malformed code=kind');
    expect(await at.load({ created: '20271315T080000Z' })).toBe('REJECTED reason=malformed code=created');
    expect(at.entry()).toMatchObject({ state: 'absent', effects: none });
    expect(await at.load()).toBe(accepted);
  });

  it('totals: the trailer must agree with the records', async () => {
    expect(await at.load({ count: 2 })).toBe('REJECTED reason=totals code=count');
    expect(at.entry()?.effects).toEqual(none);
  });

  it('duplicate-item: an item that occurs twice is named', async () => {
    expect(await at.load({ items: [...items, items[1]!, items[0]!] })).toBe(
      'REJECTED reason=duplicate-item item=a2',
    );
  });

  it('voided: a file that was voided before it came is never booked', async () => {
    await at.voided();
    expect(at.entry()).toMatchObject({ state: 'rolled-back', effects: none, items: { count: 0 } });
    expect(await at.load()).toBe('REJECTED reason=voided');
    expect(at.entry()).toMatchObject({ state: 'rolled-back', effects: none });
  });

  it('voided: voiding a booked file has no effect, and the file is not booked again', async () => {
    await at.load();
    await at.voided();
    expect(at.entry()).toMatchObject({ state: 'committed', effects: { commit: 1 } });
    expect(await at.load()).toBe(accepted);
    expect(await at.reverse()).toBe(reversed);
    expect(at.entry()).toMatchObject({ state: 'rolled-back', effects: { commit: 1, rollback: 1 } });
  });
});
