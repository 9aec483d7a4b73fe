import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/table.ts';
import type { Manifest } from '#systems/manifest.ts';

type Tools = Pick<Store, 'table'> & {
  digestOf: (system: Manifest) => string;
  load: (name: string) => Promise<Manifest>;
};

/**
 * The manifest that a plan has frozen: this build's own, or the one that was kept. A sync that was accepted before a deploy is finished by the words that it
 * was accepted with.
 */
export const findManifestOn =
  ({ table, digestOf, load }: Tools) =>
  async (name: string, digest: string): Promise<Manifest> => {
    const ours = await load(name).catch(() => undefined);
    if (ours && digestOf(ours) === digest) return ours;
    const item = await table.getItem(keys.manifest(digest), 'read-manifest');
    if (!item) throw new Error(`There is no manifest ${digest} of ${name}`);
    return item.manifest as Manifest;
  };
