import { describe, expect, it } from 'vitest';
import { cancelReservation } from '#domain/reservations/cancel-reservation.ts';
import { findReservation } from '#domain/reservations/find-reservation.ts';
import { alice, bob, direct, holdIn } from './directed.ts';

describe('a hold', () => {
  it('R1: is booked by a slow door although settling has begun, and its payment is captured, not voided', async () => {
    const { reserve, end, slot, book } = await direct({
      'reserve.authorize': { pauseMs: 38_000 },
      'settle.read-payment': { pauseMs: 10_000 },
    });
    void reserve();
    expect(await end()).toEqual([]);
    expect(slot().state).toBe('booked');
    expect(book(slot().hold)).toMatchObject({ state: 'captured', effects: { capture: 1, void: 0 } });
  });

  it.each(['reserve.hold', 'reserve.confirm'])(
    'R2: survives a lost answer of %s and the SDK’s retry',
    async (call) => {
      const { reserve, rest, end, slot, faultsMet } = await direct({
        [call]: { kind: 'repeat', gapMs: 3_000 },
      });
      const answer = reserve();
      await rest();
      expect(holdIn(await answer)).toBe(slot().hold);
      expect(await end()).toEqual([]);
      expect(faultsMet()).toEqual([call]);
    },
  );

  it('R6: whose booking was cancelled is remembered through eight refusals: its late duplicate gets the same answer and books nothing', async () => {
    const { at, doors, reserve, rest, partner, slot, end, writes } = await direct({});
    const first = reserve();
    const answer = await at(5, () => first);
    await at(6, () => void doors.cancel(alice, 'ok' in answer ? answer.ok : ''));
    const eligible = partner.eligible;
    partner.eligible = () => false;
    for (let i = 0; i < 8; i++)
      await at(7 + i / 4, () => void doors.reserve({ ...alice, key: `other-${i}` }));
    partner.eligible = await at(12, () => eligible);
    await at(13, () => undefined);
    const late = reserve();
    await rest();
    expect(await late).toEqual({ ...answer, replayed: true });
    expect(slot().state).toBe('free');
    expect(
      writes.filter(({ image }) => image.event.type === 'slot.reserved' && image.v === image.eventV),
    ).toHaveLength(1);
    expect(await end()).toEqual([]);
  });

  it('R7: is booked although its slot was changed in the meantime', async () => {
    const { at, reserve, doors, rest, slot, end } = await direct({ 'reserve.authorize': { pauseMs: 5_000 } });
    const answer = reserve();
    await at(2, () => undefined);
    const put = doors.put({ ...alice, key: '' }, 'any');
    await rest();
    expect(await put).toMatchObject({ ok: expect.any(String) });
    expect(holdIn(await answer)).toBe(slot().hold);
    expect(await end()).toEqual([]);
  });

  it('R8 and R9: publishes each version of its slot once, and versions only grow', async () => {
    const { at, reserve, doors, rest, cloud, writes } = await direct({});
    const first = reserve();
    const answer = await at(1, () => first);
    await at(50, () => void doors.cancel(alice, 'ok' in answer ? answer.ok : ''));
    await rest();
    expect(writes.map(({ image }) => image.v)).toEqual(writes.map((_, i) => i + 1));
    expect(writes.length).toBeGreaterThan(new Set(writes.map(({ image }) => image.eventV)).size);
    const ids = cloud.published.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(cloud.published.map(({ type }) => type)).toEqual([
      'slot.changed',
      'slot.reserved',
      'slot.released',
    ]);
  });

  it('R10: that was cancelled and taken by another caller stays cancelled, whatever version its caller names', async () => {
    const { at, reserve, doors, rest, slot, table, world } = await direct({});
    const first = reserve();
    const answer = await at(1, () => first);
    const id = 'ok' in answer ? answer.ok : '';
    await at(2, () => void doors.cancel(alice, id));
    await at(3, () => undefined);
    const second = doors.reserve(bob);
    await rest();
    const store = { table, clock: world.clock };
    await cancelReservation(
      { tenant: 'acme', found: await findReservation(store, 'acme', id), stillMatches: false },
      store,
    );
    expect(slot()).toMatchObject({ state: 'booked', hold: holdIn(await second) });
  });

  it('R13: that was released early is not taken again by the SDK’s retry of its first write', async () => {
    const { at, reserve, rest, slot, settleNow, writes, end, faultsMet } = await direct({
      'reserve.hold': { kind: 'repeat', gapMs: 10_000 },
      'settle.let-go': { pauseMs: 20_000 },
    });
    const answer = reserve();
    await at(5, () => settleNow(slot().hold as string));
    await rest();
    expect(await answer).toEqual({ problem: 'hold-lost' });
    expect(
      writes.filter(({ image }) => image.event.type === 'slot.held' && image.v === image.eventV),
    ).toHaveLength(1);
    expect(slot().state).toBe('free');
    expect(await end()).toEqual([]);
    expect(faultsMet()).toHaveLength(2);
  });

  it('R14: that was released leaves nothing that a late confirm could book', async () => {
    const { at, reserve, rest, slot, settleNow, book, end } = await direct({
      'reserve.authorize': { pauseMs: 10_000 },
    });
    const answer = reserve();
    const hold = await at(5, () => slot().hold as string);
    settleNow(hold);
    await rest();
    expect(await answer).toEqual({ problem: 'hold-lost' });
    expect(slot().hold).toBeUndefined();
    expect(book(hold)).toMatchObject({ state: 'voided' });
    expect(await end()).toEqual([]);
  });
});
