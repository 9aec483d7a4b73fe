import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { neededBy, serveTurns, take } from '#test/journeys/turns.ts';

const turns = async () => {
  const served = await serveTurns();
  onTestFinished(served.close);
  return served.url;
};

it('journeys that share a system run one after the other, others beside them', async () => {
  const url = await turns();
  const order: string[] = [];
  const first = await take(url, 'offices');
  const second = take(url, 'offices').then((end) => {
    order.push('second');
    return end;
  });
  (await take(url, 'reservations'))();
  order.push('another system');
  first();
  (await second)();
  (await take(url, 'offices'))();
  expect(order).toEqual(['another system', 'second']);
});

it('a journey that dies gives its turn back', async () => {
  const url = await turns();
  const controller = new AbortController();
  await fetch(`${url}/offices`, { signal: controller.signal });
  const next = take(url, 'offices');
  controller.abort();
  (await next)();
});

it('every journey that tells a system to misbehave waits for it, and two systems are taken in one order', () => {
  const files = readdirSync(join(import.meta.dirname, '../journeys')).filter((name) =>
    name.endsWith('.test.ts'),
  );
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((name) => neededBy(name).length === 0).map((name) => name.slice(0, 2))).toEqual([
    '01',
    '08',
    '18',
  ]);
  expect(neededBy('/work/test/journeys/22-the-document.test.ts')).toEqual(['reservations', 'offices']);
});
