import { describe, expect, it, onTestFinished } from 'vitest';
import { debitKey, serveDebit } from '#examples/systems/debit.ts';
import { systemClock } from '#lib/clock.ts';
import { inAMinute } from './open-systems.ts';
import { talk } from './partner-client.ts';

const payments = (from: number, count: number, more: object = {}) =>
  Array.from({ length: count }, (_, i) => ({ id: `p-${from + i}`, amount_minor: 2_500, ...more }));
const totals = (count: number) => ({ count, amount_minor: count * 2_500 });

async function openDebit() {
  const served = await serveDebit({ clock: systemClock });
  onTestFinished(() => served.close());
  const debit = talk(served.url, { 'x-api-key': debitKey });
  const about = (chunk: number, items: ReturnType<typeof payments>) => ({
    ...{ event_id: 't', chunk, ...totals(items.length), batch: totals(1_000) },
  });
  return {
    ...debit,
    dryRun: (chunk: number, items = payments(chunk * 500, 500)) =>
      debit.post('/v2/load/batch/dry-run', { ...about(chunk, items), items, not_after: inAMinute() }),
    load: (chunk: number, items = payments(chunk * 500, 500), more: object = {}) =>
      debit.post('/v2/load/batch', { ...about(chunk, items), items, not_after: inAMinute(), ...more }),
    reverse: (chunk: number, items = payments(chunk * 500, 500)) =>
      debit.post('/v2/load/batch/reversal', about(chunk, items)),
    stands: async () => (await debit.get('/v2/load/t')).body,
  };
}

describe('the debit-card vendor', () => {
  it('loads a batch chunk by chunk, answers the totals, and reverses it', async () => {
    const debit = await openDebit();
    const said = (status: string, chunk: number) => ({
      status: 200,
      body: { event_id: 't', chunk, status, ...totals(500) },
    });
    expect(await debit.dryRun(0)).toEqual(said('accepted', 0));
    expect(await debit.stands()).toMatchObject({ error: 'not-found' });
    for (const _ of [1, 2]) expect(await debit.load(0)).toEqual(said('loaded', 0));
    expect(await debit.stands()).toEqual({ event_id: 't', status: 'partial' });
    expect(await debit.load(1)).toEqual(said('loaded', 1));
    expect(await debit.stands()).toEqual({ event_id: 't', status: 'loaded' });
    for (const chunk of [1, 0]) expect(await debit.reverse(chunk)).toEqual(said('reversed', chunk));
    expect(await debit.stands()).toEqual({ event_id: 't', status: 'reversed' });
    expect((await debit.get('/books/items/t/p-731')).body).toEqual({
      token: 't',
      id: 'p-731',
      loaded: 1,
      reversed: 1,
    });
  });

  it('takes 500 items of maximum size in a chunk, and no more', async () => {
    const debit = await openDebit();
    const full = Array.from({ length: 501 }, (_, i) => ({
      id: String(i).padStart(32, '0'),
      amount_minor: 2_500,
      payee: 'é'.repeat(40),
    }));
    expect(await debit.load(0, full.slice(0, 500))).toMatchObject({ status: 200 });
    expect(await debit.load(0, full)).toEqual({ status: 400, body: { error: 'invalid', field: 'items' } });
  });

  it('keeps a tombstone for a chunk that never came, and for that chunk only', async () => {
    const debit = await openDebit();
    for (const _ of [1, 2])
      expect(await debit.reverse(1)).toEqual({ status: 404, body: { event_id: 't', error: 'not-found' } });
    expect(await debit.load(1)).toMatchObject({ status: 409, body: { error: 'rolled-back' } });
    expect(await debit.load(0)).toMatchObject({ status: 200 });
  });

  it('refuses one item when told to, and loads nothing of its chunk', async () => {
    const debit = await openDebit();
    await debit.misbehave({ call: 'commit', behaviour: 'refuse', item: 'p-501', times: 2 });
    expect(await debit.load(0)).toMatchObject({ status: 200 });
    const refused = {
      event_id: 't',
      chunk: 1,
      status: 'refused',
      refused: [{ id: 'p-501', reason: 'declined' }],
    };
    for (const _ of [1, 2]) expect(await debit.load(1)).toEqual({ status: 422, body: refused });
    expect((await debit.get('/books/items/t/p-500')).body).toMatchObject({ loaded: 0 });
    expect(await debit.load(1)).toMatchObject({ status: 200 });
  });

  it('misbehaves at one chunk when told to', async () => {
    const debit = await openDebit();
    await debit.misbehave({ call: 'commit', behaviour: 'drop-after', chunk: 1 });
    expect(await debit.load(0)).toMatchObject({ status: 200 });
    await expect(debit.load(1)).rejects.toMatchObject({
      name: expect.stringMatching(/TypeError|TimeoutError/),
    });
    expect(await debit.load(1)).toMatchObject({ status: 200 });
    const { entries, arrivals } = await debit.books();
    expect(entries).toMatchObject([
      { items: totals(1_000), chunks: [{ effects: { commit: 1 } }, { effects: { commit: 1 } }] },
    ]);
    expect(arrivals.map(({ chunk, behaviour }) => [chunk, behaviour])).toEqual([
      [0, undefined],
      [1, 'drop-after'],
      [1, undefined],
    ]);
  });

  it('works on one chunk while it takes the next', async () => {
    const debit = await openDebit();
    await debit.misbehave({ call: 'commit', behaviour: 'ongoing', chunk: 0, delayMs: 300 });
    const pending = { event_id: 't', status: 'pending' };
    expect(await debit.load(0)).toEqual({ status: 202, body: pending });
    expect(await debit.load(1)).toMatchObject({ status: 200 });
    expect(await debit.load(0)).toEqual({ status: 202, body: pending });
    expect(await debit.stands()).toEqual(pending);
    await expect.poll(debit.stands).toEqual({ event_id: 't', status: 'loaded' });
  });

  it.each([
    ['count', { count: 499 }],
    ['amount_minor', { amount_minor: 1 }],
    ['chunk', { chunk: -1 }],
    ['batch.count', { batch: { count: '1000', amount_minor: 1 } }],
    ['items.0.id', { items: [{ id: '', amount_minor: 2_500 }], count: 1, amount_minor: 2_500 }],
  ])('refuses an invalid chunk and names %s', async (field, more) => {
    const debit = await openDebit();
    expect(await debit.load(0, undefined, more)).toEqual({ status: 400, body: { error: 'invalid', field } });
    expect(await debit.books()).toEqual({ entries: [], arrivals: [] });
  });
});
