import { expect, it } from 'vitest';
import { progressOn, readProgress } from '#domain/participants/batches/receipts.ts';
import { reportProgress } from '#domain/participants/batches/report-progress.ts';
import { memoryTable } from '#table/memory-table.ts';
import { batchOf } from './chunk-office.ts';

it('a batch in one piece reports its progress once a second', async () => {
  const [table, time, seen] = [memoryTable(), { now: 0 }, [] as number[]];
  const way = { tenant: 'acme', outsideToken: 'tok', system: 'cheques', phase: 'prepare' as const };
  const note = (done: number) => progressOn({ table }).note(way, done, 30_000);
  for await (const _ of reportProgress(batchOf(30_000), note, () => time.now).items()) {
    time.now += 0.125;
    const [progress] = await readProgress({ table }, 'acme', 'tok');
    if (progress && progress.done !== seen.at(-1)) seen.push(progress.done);
  }
  expect(seen).toEqual([8_000, 16_000, 24_000]);
  expect(await readProgress({ table }, 'acme', 'tok')).toEqual([
    { system: 'cheques', phase: 'prepare', done: 24_000, total: 30_000 },
  ]);
});

it('a batch continues when its progress cannot be written', async () => {
  let [now, read] = [0, 0];
  const tick = () => {
    now += 1_000;
    return now;
  };
  const broken = reportProgress(batchOf(10), () => Promise.reject(new Error('away')), tick);
  for await (const _ of broken.items()) read += 1;
  expect(read).toBe(10);
});
