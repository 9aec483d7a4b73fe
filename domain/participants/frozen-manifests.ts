import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/aws/table.ts';
import type { Manifest } from '#systems/manifest.ts';

type Tools = Pick<Store, 'table'> & {
  digestOf: (system: Manifest) => string;
  load: (name: string) => Promise<Manifest>;
};

/**
 * Finds the manifest that a plan froze: this build's own, or the stored copy. A sync accepted
 * before a deploy finishes with the manifest that it was accepted with.
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

/** Stores the manifests that plans freeze, each once under its digest. They are never deleted. */
export function keepManifestsOn({
  table,
  digestOf,
}: Pick<Store, 'table'> & { digestOf: (system: Manifest) => string }) {
  const kept = new Set<string>();
  return async (systems: Manifest[]): Promise<void> => {
    const fresh = systems.filter((system) => !kept.has(digestOf(system)));
    await Promise.all(
      fresh.map(async (system) => {
        const item = { ...keys.manifest(digestOf(system)), manifest: system };
        await table.putItem({ label: 'keep-manifest', item, condition: 'attribute_not_exists(#pk)' });
        kept.add(digestOf(system));
      }),
    );
  };
}
