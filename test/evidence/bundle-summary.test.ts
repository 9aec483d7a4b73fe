import { beforeAll, expect, it } from 'vitest';
import type { Bundle } from '#domain/syncs/evidence/verify/bundle.ts';
import { aboutInWords } from '#domain/syncs/evidence/verify/bundle-summary.ts';
import { checkBundle, checkBundleText } from '#domain/syncs/evidence/verify/check-bundle.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { outsideToken, syncId, tenant } from './batch-sync.ts';
import { origin, undoneBatch } from './evidence-world.ts';

let good: Bundle;
beforeAll(async () => {
  good = await (await undoneBatch()).show('P777');
});
const of = (whose: string) => ({ outside: (id: string) => outsideTokenOf(whose, id) });

it('the verifier reports the sync, the ledger and the end that a bundle is about', () => {
  const { about } = checkBundle(good);
  expect(about).toEqual({ sync_id: syncId, outside_token: outsideToken, origin, rows: 17, ended: 'undone' });
  expect(aboutInWords(about!)).toBe(
    `sync ${syncId} (outside ${outsideToken}) of ${origin}, 17 rows, ended: undone`,
  );
  expect(checkBundle({ ...good, rows: good.rows.slice(0, 7) }).about?.ended).toBeNull();
});

it('the verifier refuses a bundle of another tenant with the same syncId', () => {
  expect(checkBundle(good, of(tenant)).good).toBe(true);
  expect(checkBundle(good, of('zeta')).fault).toMatch(/^This is another tenant's/);
});

it('the verifier refuses a field that no hash covers and a repeated key, and names the place', () => {
  const text = JSON.stringify(good);
  expect(checkBundleText(text).good).toBe(true);
  const added = text.replace('"rows":[{', '"rows":[{"__proto__":{"result":"refused"},');
  expect(checkBundleText(added).fault).toBe('This was added to: rows.0.__proto__.');
  expect(checkBundle(JSON.parse(added)).fault).toBe('This was added to: rows.0.__proto__.');
  const item = text.replace('"item":{"item":{', '"item":{"item":{"\\u005f_proto__":1,');
  expect(checkBundleText(item).fault).toBe('This was added to: item.item.__proto__.');
  const twice = text.replace('"rows":[{', '"rows":[{"result": "refused", "a":"}\\\\\\"","result":"x",');
  expect(checkBundleText(twice).fault).toBe('This says rows.0.result twice.');
  expect(checkBundleText(text.slice(0, -9)).fault).toBe(
    'This is not JSON: it is cut off, or something else.',
  );
  expect(checkBundleText('\n').fault).toBe('This is not JSON: it is empty.');
  expect(checkBundleText('null').fault).toMatch(/^This is no bundle of evidence/);
});
