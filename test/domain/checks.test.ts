import { beforeEach, describe, expect, it } from 'vitest';
import { holdOf, leaseMs, problemOf, type World, world } from './reservations-world.ts';

let w: World;
beforeEach(async () => {
  w = world();
  await w.put();
  w.meter.reset();
});

describe('the eligibility and payment checks', () => {
  it('run in parallel: each begins before the other ends', async () => {
    await w.reserve('a');
    const [check, authorize] = ['check', 'authorize'].map(
      (label) => w.meter.calls.find((call) => call.label === label)!,
    );
    expect(check!.begun).toBeLessThan(authorize!.ended);
    expect(authorize!.begun).toBeLessThan(check!.ended);
  });

  it.each([
    [['check'], 'Refused: eligibility. Try another slot.'],
    [['authorize'], 'Refused: payment. Try another slot.'],
    [['check', 'authorize'], 'Refused: eligibility and payment. Try another slot.'],
  ])('name which of them refused: %s', async (calls, detail) => {
    for (const call of calls) w.outside.next(call, 'refuse');
    expect(await problemOf(w.reserve('a'))).toMatchObject({
      code: 'check-refused',
      status: 400,
      message: detail,
    });
    expect(await w.slot()).toMatchObject({ state: 'free' });
  });

  it('are not repeated for a remembered refusal, which is answered in the same words', async () => {
    w.outside.next('check', 'refuse');
    const first = await problemOf(w.reserve('a'));
    const asked = w.meter.labels('outside').length;
    const again = await problemOf(w.reserve('a'));
    expect([again.code, again.message]).toEqual([first.code, first.message]);
    expect(w.meter.labels('outside')).toHaveLength(asked);
  });

  it('free the slot for other callers after a refusal', async () => {
    w.outside.next('authorize', 'refuse');
    await problemOf(w.reserve('a'));
    expect((await w.reserve('b')).replayed).toBe(false);
  });

  it.each([
    ['check', 'away'],
    ['authorize', 'away'],
    ['authorize', 'lost'],
  ] as const)('free the slot when %s is %s, and the same key may try again', async (call, mood) => {
    w.outside.next(call, mood);
    expect(await problemOf(w.reserve('a'))).toMatchObject({
      code: 'check-unavailable',
      status: 503,
      extras: { retryAfter: 1 },
    });
    expect(await w.slot()).toMatchObject({ state: 'free', past: {} });
    expect((await w.reserve('a')).replayed).toBe(false);
  });

  it('give a refusal precedence over an outage, and the refusal is remembered', async () => {
    w.outside.next('check', 'refuse');
    w.outside.next('authorize', 'away');
    expect(await problemOf(w.reserve('a'))).toMatchObject({ code: 'check-refused' });
    expect(Object.keys((await w.slot()).past)).toHaveLength(1);
  });
});

describe('a lease', () => {
  it('that has expired lets another caller book, and its late owner can neither book nor release', async () => {
    const stolen: { id: string }[] = [];
    w.outside.next('check', async () => {
      w.pass(leaseMs + 1);
      stolen.push(await w.reserve('b'));
    });
    expect(await problemOf(w.reserve('a'))).toMatchObject({ code: 'slot-taken' });
    expect(await w.slot()).toMatchObject({ state: 'booked', hold: holdOf(stolen[0]!.id) });
  });

  it('holds to its last millisecond', async () => {
    const during: unknown[] = [];
    w.outside.next('authorize', async () => {
      w.pass(leaseMs);
      during.push(await problemOf(w.reserve('b')));
    });
    await w.reserve('a');
    expect(during).toMatchObject([{ code: 'slot-taken', extras: { retryAfter: 1 } }]);
  });

  it('that has expired sends nothing more to an outside system', async () => {
    const { table } = w.store;
    const freezing = {
      ...table,
      updateItem(write: Parameters<typeof table.updateItem>[0]) {
        w.pass(leaseMs + 1);
        return table.updateItem(write);
      },
    };
    await problemOf(w.reserve('a', {}, { table: freezing }));
    expect(w.outside.checks.entries()).toEqual([]);
    expect(w.outside.payments.entries()).toEqual([]);
  });

  it('whose hold was released meanwhile answers hold-lost', async () => {
    w.outside.next('check', async () => {
      const { hold = '' } = await w.slot();
      await w.settle({ hold });
    });
    expect(await problemOf(w.reserve('a'))).toMatchObject({ code: 'hold-lost', status: 503 });
  });
});
