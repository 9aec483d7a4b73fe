import { describe, expect, it } from 'vitest';
import { alice, direct, holdIn } from './directed.ts';

const id = (answer: object): string => ('ok' in answer ? String(answer.ok) : '');

describe('the payment of a hold', () => {
  it('R3: is settled by repair after the stream lost its events: captured if booked', async () => {
    const { at, reserve, rest, end, slot, book } = await direct({}, { loses: true });
    await at(20, () => undefined);
    const answer = reserve();
    await rest();
    expect(book(holdIn(await answer))).toMatchObject({ state: 'authorized' });
    expect([...(slot().open ?? [])]).toEqual([slot().hold]);
    expect(await end()).toEqual([]);
    expect(book(slot().hold)).toMatchObject({ state: 'captured' });
    expect(slot().open).toBeUndefined();
  });

  it('R3: is settled by repair after the stream lost its events: voided if cancelled', async () => {
    const { at, reserve, doors, end, book } = await direct({}, { loses: true });
    await at(20, () => undefined);
    const booked = reserve();
    const answer = await at(21, () => booked);
    await at(22, () => void doors.cancel(alice, id(answer)));
    expect(await end()).toEqual([]);
    expect(book(holdIn(answer))).toMatchObject({ state: 'voided' });
  });

  it('R4: whose worker crashed during the capture is captured and then refunded, when its customer has cancelled', async () => {
    const { at, reserve, doors, rest, book, end, faultsMet } = await direct({
      'settle.capture': { kind: 'crash-after' },
    });
    const booked = reserve();
    const answer = await at(1, () => booked);
    await at(60, () => void doors.cancel(alice, id(answer)));
    await rest();
    expect(book(holdIn(answer))).toMatchObject({
      state: 'refunded',
      effects: { authorize: 1, capture: 1, refund: 1, void: 0 },
    });
    expect(await end()).toEqual([]);
    expect(faultsMet()).toEqual(['settle.capture']);
  });

  it('R5: is never authorised by a call that arrives after its void, even where notAfter is not enforced', async () => {
    const stage = await direct({ 'reserve.check': { kind: 'outage' }, 'reserve.authorize': { pauseMs: 0 } });
    const { reserve, rest, partner, slot, end } = stage;
    partner.minds.notAfter = false;
    const { authorize } = partner.books;
    // The clearinghouse answers nothing and acts a minute later.
    partner.books.authorize = (key, order) => {
      stage.world.after(60_000, () => void authorize(key, order));
      throw new Error('no answer');
    };
    const answer = reserve();
    await rest();
    expect(await answer).toEqual({ problem: 'check-unavailable' });
    expect(slot()).toMatchObject({ state: 'free' });
    const [entry] = partner.books.entries();
    expect(entry).toMatchObject({ state: 'voided', effects: { authorize: 0, void: 1 } });
    expect(entry?.calls.map(({ call }) => call)).toEqual(['void', 'authorize']);
    expect(await end()).toEqual([]);
  });

  it('R11: whose capture is refused is parked, and the booking stands', async () => {
    const { at, reserve, rest, partner, slot, cloud, book } = await direct({});
    const booked = reserve();
    const hold = holdIn(await at(1, () => booked));
    partner.books.expire(hold as string);
    await rest();
    expect(cloud.parked).toEqual(['settle payment-refused']);
    expect(slot()).toMatchObject({ state: 'booked', hold });
    expect(slot().open).toBeUndefined();
    expect(book(hold)).toMatchObject({ state: 'authorized' });
  });

  it('R12: is settled once although the bus is unavailable and its messages are sent again', async () => {
    const { reserve, rest, book, slot, calls, end } = await direct({ 'relay.publish': { kind: 'outage' } });
    void reserve();
    await rest();
    expect(calls.get('relay.send')).toBeGreaterThanOrEqual(1);
    expect(book(slot().hold)).toMatchObject({ state: 'captured', effects: { capture: 1 } });
    expect(await end()).toEqual([]);
  });

  it('R15: is closed on the slot before its message is acknowledged, so a crash in between leaves nothing open', async () => {
    const { reserve, rest, slot, faultsMet, calls } = await direct({
      'settle.close': { kind: 'crash-before' },
    });
    void reserve();
    await rest();
    expect(faultsMet()).toEqual(['settle.close']);
    expect(slot().open).toBeUndefined();
    expect(calls.get('settle.close')).toBe(1);
  });

  it('R16: is compared again when its customer cancels just before it is closed, although the stream loses the event', async () => {
    const { at, reserve, doors, rest, slot, book, writes, lose } = await direct({
      'settle.let-go#2': { pauseMs: 5_000 },
    });
    const booked = reserve();
    const answer = await at(1, () => booked);
    const hold = holdIn(answer) as string;
    // The worker has captured and compared, and is frozen before it closes the hold.
    await at(33, () => expect(book(hold)?.state).toBe('captured'));
    lose();
    void doors.cancel(alice, id(answer));
    await rest();
    expect(writes.some(({ image }) => image.event.type === 'slot.released')).toBe(true);
    expect(book(hold)).toMatchObject({ state: 'refunded' });
    expect(slot().open).toBeUndefined();
  });
});
