import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkItems, mostItems } from '#domain/syncs/batches/check-items.ts';
import { type BatchSource, pinBatchOn } from '#domain/syncs/batches/pin-batch.ts';
import { benefitAdjusted } from '#events/benefit.adjusted.ts';
import { type MemoryObjects, memoryObjects } from '#table/memory-objects.ts';
import { lines, paymentAt, refusal, tenant, uploaded } from './items.ts';

let objects: MemoryObjects;
beforeEach(() => {
  objects = memoryObjects();
});
const pin = (items: BatchSource, type = 'benefit.adjusted') =>
  pinBatchOn({ objects })({ tenant, type, items });
const pinText = (text: string | Uint8Array, declared: Parameters<typeof uploaded>[2] = {}) =>
  pin({ upload: uploaded(objects, text, declared) });
const three = [0, 1, 2].map(paymentAt);

describe('a refused batch', () => {
  it('names each invalid field by its pointer, at most twenty of them', async () => {
    const items = [
      { ...three[0], more: 1 },
      three[1],
      { id: 'p-9', amount_minor: 1.5 },
      'text',
      null,
      { id: '', amount_minor: 1 },
      { amount_minor: 1 },
    ];
    const problem = await refusal(pin(items));
    expect(problem).toMatchObject({ code: 'payload-invalid' });
    expect(problem?.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      ...['/items/0/more', '/items/2/amount_minor', '/items/3', '/items/4', '/items/5/id', '/items/6/id'],
    ]);
    expect((await refusal(pin(Array.from({ length: 50 }, () => 'wrong'))))?.errors).toHaveLength(20);
  });

  it('names an id that occurs twice, however far apart', async () => {
    const text = `${lines(500)}${JSON.stringify(paymentAt(3))}\n`;
    expect(await refusal(pinText(text, { count: 501 }))).toMatchObject({
      errors: [{ pointer: '/items/500/id' }],
    });
  });

  it('shows the declared and the actual count and sum where they differ', async () => {
    const problemWith = (declared: object) => refusal(pinText(lines(3), declared));
    expect(await problemWith({ count: 4, key: 'a' })).toMatchObject({
      detail: '/items: Declared: 4 items, 10000 in all. Found: 3 items, 7500 in all.',
    });
    expect(await problemWith({ amount_minor: 7_499, key: 'b' })).toMatchObject({
      code: 'payload-invalid',
      errors: [{ pointer: '/items' }],
    });
    expect(await refusal(pinText('', { count: 1, key: 'c' }))).toMatchObject({
      errors: [{ pointer: '/items' }],
    });
  });

  it('names an unreadable line by its number', async () => {
    expect(await refusal(pinText(`${lines(2)}{"id":`))).toMatchObject({
      errors: [{ pointer: '/items/2', detail: 'Line 3 is not JSON.' }],
    });
    expect(await refusal(pinText(gzipSync(lines(3)).subarray(0, 40)))).toMatchObject({
      errors: [{ pointer: '/items' }],
    });
    const twice = '{"id":"P2","amount_minor":25,"amount_minor":2500}';
    expect(await refusal(pinText(`${lines(2)}${twice}`))).toMatchObject({
      errors: [{ pointer: '/items/2/amount_minor', detail: 'Line 3, column 30: is given more than once.' }],
    });
    expect(await refusal(pinText(`[${three.map((item) => JSON.stringify(item)).join(',')}]`))).toMatchObject({
      errors: [{ pointer: '/items/0' }],
    });
  });

  it('with more than a million items exceeds the quota', () => {
    const checks = checkItems(benefitAdjusted.batch.item);
    checks.take(three[0], mostItems - 1);
    expect(() => checks.take(three[1], mostItems)).toThrow(
      expect.objectContaining({ code: 'quota-exceeded' }),
    );
  });

  it('names a key that a parser might treat specially (__proto__)', async () => {
    const text = '{"id":"p-1","amount_minor":1,"__proto__":{"payee":"x"}}\n';
    expect(await refusal(pinText(text, { count: 1, amount_minor: 1 }))).toMatchObject({
      errors: [{ pointer: '/items/0/__proto__' }],
    });
  });
});
