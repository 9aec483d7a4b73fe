import { expect, it } from 'vitest';
import { findManifestOn, keepManifestsOn } from '#domain/participants/frozen-manifests.ts';
import { manifestDigest } from '#domain/syncs/accept/plan-sync.ts';
import type { Manifest } from '#systems/manifest.ts';
import { memoryTable } from '#table/memory-table.ts';
import { manifests } from '#test/syncs/syncs-world.ts';

const before = manifests.debit;
const after: Manifest = {
  ...before,
  title: 'Debit-Card Vendor, moved',
  calls: { ...before.calls, commit: { method: 'POST', path: '/v3/load' } },
};
const builds = (table = memoryTable()) => ({
  table,
  /** The same table under a build that has this manifest, or none. */
  build: (known?: Manifest) => ({
    keep: keepManifestsOn({ table, digestOf: manifestDigest }),
    find: findManifestOn({
      table,
      digestOf: manifestDigest,
      load: async () => known ?? Promise.reject(new Error('no such file')),
    }),
  }),
});

it('a sync ends with the manifest that it was accepted with, though a deploy has changed or removed it', async () => {
  const { build } = builds();
  await build(before).keep([before, manifests.cheques]);
  expect(await build(after).find('debit', manifestDigest(before))).toEqual(before);
  expect(await build().find('debit', manifestDigest(before))).toEqual(before);
  expect(await build(after).find('debit', manifestDigest(after))).toEqual(after);
});

it('an unchanged manifest costs no read', async () => {
  const find = findManifestOn({
    table: { ...memoryTable(), getItem: () => expect.unreachable('it is in this build') },
    digestOf: manifestDigest,
    load: async () => before,
  });
  expect(await find('debit', manifestDigest(before))).toEqual(before);
});

it('a manifest is stored once, and never overwritten', async () => {
  const written: unknown[] = [];
  const table = memoryTable({ onWrite: (image) => void written.push(image) });
  const { build } = builds(table);
  const one = build(before);
  await one.keep([before]);
  await one.keep([before]);
  await build(before).keep([before, after]);
  expect(written).toMatchObject([{ manifest: before }, { manifest: after }]);
});

it('a missing manifest is an error with its name and digest', async () => {
  await expect(builds().build(after).find('debit', 'never-registered')).rejects.toThrow(
    'There is no manifest never-registered of debit',
  );
});
