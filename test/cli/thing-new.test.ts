import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkoutCopy } from './checkout-copy.ts';

let copy: ReturnType<typeof checkoutCopy>;
beforeAll(() => {
  copy = checkoutCopy('new-thing');
});
afterAll(() => copy.remove());

const thingNew = (...words: string[]) => copy.lockstep('thing', 'new', ...words);
const read = (path: string) => readFileSync(join(copy.root, path), 'utf8');

it('writes a thing that keeps the laws of the house and passes its own test as it is', {
  timeout: 300_000,
}, async () => {
  const { stdout } = await thingNew('delivery', '--in', 'publishing');
  const written = stdout.trim().split('\n');
  expect(written).toEqual([
    ...['answer', 'fields', 'list', 'outbox', 'view'].map(
      (part) => `domain/publishing/deliveries/delivery-${part}.ts`,
    ),
    ...['domain/publishing/deliveries/delivery.ts', 'domain/publishing/deliveries/deliveries.ts'],
    ...['events/delivery-data.ts', 'events/delivery.made.ts'],
    'functions/api/v1/deliveries.[deliveryId].get.ts',
    'functions/api/v1/deliveries.get.ts',
    'functions/api/v1/deliveries.post.ts',
    'functions/subscribers/delivery/keep-list.ts',
    'test/domain/deliveries.test.ts',
    ...['domain/keys.ts', 'events/index.ts', 'wiring/relay.ts', 'wiring/subscribers.ts'],
    ...['openapi/tags.ts', 'test/journeys/22-the-document.test.ts'],
  ]);
  await copy.tool('@biomejs/biome/bin/biome', 'check', ...written);
  await copy.tool('ts7/bin/tsc', '-p', '.');
  const laws = ['house.test', 'house-arrows', 'house-contexts', 'house-words'].map((name) => `test/${name}`);
  await copy.tool('vitest/vitest.mjs', 'run', '--project', 'unit', 'test/domain/deliveries', ...laws);
  const { numFailedTests, testResults } = JSON.parse(read('.lockstep/report.json'));
  expect(numFailedTests).toBe(0);
  const own = testResults.find(({ name }: { name: string }) => name.endsWith('deliveries.test.ts'));
  expect(own.assertionResults.length).toBeGreaterThan(2);
});

it('makes a thing that the documents of the API describe', { timeout: 300_000 }, async () => {
  await thingNew('voucher');
  await copy.node('openapi/write.ts');
  const { paths } = JSON.parse(read('docs/api/openapi.v1.json'));
  expect(Object.keys(paths['/vouchers'])).toEqual(['get', 'post']);
  expect(paths['/vouchers/{voucherId}'].get).toMatchObject({ summary: 'Read a voucher' });
});

it('refuses a name that is taken or cannot be one, and writes nothing', async () => {
  const before = read('domain/keys.ts');
  await expect(thingNew('slot')).rejects.toThrow(
    'There is a slot already: events/slot-data.ts. Nothing was written.',
  );
  await expect(thingNew('payment')).rejects.toThrow(
    'There is a payment already: domain/keys.ts. Nothing was written.',
  );
  for (const name of ['Voucher', '../voucher', 'gift-card', 'a'.repeat(21)])
    await expect(thingNew(name)).rejects.toThrow(`${name} cannot be a name here`);
  await expect(thingNew('sheep', '--plural', 'sheep')).rejects.toThrow('has no plural of its own');
  expect(read('domain/keys.ts')).toBe(before);
});
