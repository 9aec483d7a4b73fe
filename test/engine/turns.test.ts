import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type Need, neededBy, serveTurns, take } from '#test/journeys/turns.ts';

const turns = async () => {
  const served = await serveTurns();
  onTestFinished(served.close);
  return served.url;
};

it('journeys that share a system run one after the other, others beside them', async () => {
  const url = await turns();
  const order: string[] = [];
  const taken = (name: string, ...names: Need[]) =>
    take(url, names).then((end) => {
      order.push(name);
      return end;
    });
  const first = await taken('first', 'offices');
  const both = taken('both', 'reservations', 'offices');
  const other = await taken('other', 'reservations');
  const next = taken('next', 'offices');
  other();
  first();
  await Promise.all([both.then((end) => end()), next.then((end) => end())]);
  expect(order.slice(0, 2)).toEqual(['first', 'other']);
  expect(order.slice(2).sort()).toEqual(['both', 'next']);
});

it('journeys that only tell an office about syncs of their own share it, and wait for one that needs it alone', async () => {
  const url = await turns();
  const [one, other] = [await take(url, ['offices shared']), await take(url, ['offices shared'])];
  let alone = false;
  const waits = take(url, ['offices']).then((end) => {
    alone = true;
    return end;
  });
  one();
  (await take(url, ['reservations']))();
  expect(alone).toBe(false);
  other();
  const end = await waits;
  const next = take(url, ['offices shared']);
  end();
  (await next)();
});

it('a journey that dies gives its turn back', async () => {
  const url = await turns();
  const controller = new AbortController();
  await fetch(`${url}/offices`, { signal: controller.signal });
  const next = take(url, ['offices']);
  controller.abort();
  (await next)();
});

it('every journey that tells a system to misbehave waits for it', () => {
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
