import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/table.ts';
import type { Manifest } from '#systems/manifest.ts';

/** Keeps the manifests that plans freeze, each once, by its digest: whatever a plan names can be read as long as there are syncs. */
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
