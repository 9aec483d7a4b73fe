import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkoutCopy } from './checkout-copy.ts';

let copy: ReturnType<typeof checkoutCopy>;
beforeAll(() => {
  copy = checkoutCopy('new-adapter');
});
afterAll(() => copy.remove());

const adapterNew = (...words: string[]) => copy.lockstep('adapter', 'new', ...words);
const read = (path: string) => readFileSync(join(copy.root, path), 'utf8');

it('makes an adapter of which every test of the contract is true before a line of it is changed', {
  timeout: 600_000,
}, async () => {
  const { stdout } = await adapterNew('tele-type');
  const written = stdout.trim().split('\n');
  expect(written).toEqual([
    'functions/adapters/tele-type.ts',
    'test/participants/tele-type-office.json',
    'examples/systems/tele-type-office.ts',
  ]);
  await copy.tool(
    'vitest/vitest.mjs',
    'run',
    '--project',
    'unit',
    '-t',
    'tele-type-office|every adapter has a system',
    'test/contracts/adapters.test.ts',
    'test/contracts/wire.test.ts',
  );
  const { numPassedTests, numFailedTests } = JSON.parse(read('.lockstep/report.json'));
  expect(numFailedTests).toBe(0);
  expect(numPassedTests).toBeGreaterThan(35);
});

it('writes in the style of the house', async () => {
  await adapterNew('pager');
  const paths = [
    'functions/adapters/pager.ts',
    'examples/systems/pager-office.ts',
    'test/participants/pager-office.json',
  ];
  await copy.tool('@biomejs/biome/bin/biome', 'check', ...paths);
  expect(read('functions/adapters/pager.ts').split('\n').length).toBeLessThan(31);
});

it('writes over nothing, and knows what a name is', async () => {
  const before = read('functions/adapters/rest.ts');
  await expect(adapterNew('rest')).rejects.toThrow(
    'functions/adapters/rest.ts exists already; nothing was written.',
  );
  expect(read('functions/adapters/rest.ts')).toBe(before);
  for (const name of ['Rest', '../rest', 'a--b', 'a'.repeat(25)])
    await expect(adapterNew(name)).rejects.toThrow('cannot be an adapter');
});
