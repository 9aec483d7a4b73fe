import { beforeEach, expect, it } from 'vitest';
import { mainframeAt } from './mainframe-at.ts';

let at: ReturnType<typeof mainframeAt>;
beforeEach(() => {
  at = mainframeAt();
});

it('the folder keeps unknown files, writes at an offset, and truncates behind it', async () => {
  await at.files.write(
    'notes.txt',
    ['abc', 'defgh'].map((text) => Buffer.from(text)),
  );
  await at.files.write('notes.txt', [Buffer.from('XY')], 2);
  expect([await at.read('notes.txt'), await at.files.size('notes.txt')]).toEqual(['abXY', 4]);
  expect([await at.files.remove('notes.txt'), await at.files.remove('notes.txt')]).toEqual([true, false]);
  expect([await at.read('notes.txt'), await at.files.rename('notes.txt', 'x')]).toEqual([undefined, false]);
});

it('a large file is read as it was written, in parts of any size', async () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 31 + (at >> 8)) % 256));
  for (const part of [1_000, 65_536, 70_001, 300_000]) {
    const parts = [];
    for (let at = 0; at < bytes.length; at += part) parts.push(bytes.subarray(at, at + part));
    await at.files.write('large', parts);
    const found = Buffer.concat(await Array.fromAsync((await at.files.read('large'))!));
    expect(bytes.equals(found), `in parts of ${part}`).toBe(true);
  }
});
