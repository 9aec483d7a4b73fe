import { type Manifest, manifest } from './manifest.ts';

const loaded = new Map<string, Manifest>();

/**
 * Loads a system's manifest at first use and keeps it, frozen. The bundler includes every file
 * that the pattern matches, so a new system needs no code.
 */
export async function loadSystem(name: string): Promise<Manifest> {
  const known = loaded.get(name);
  if (known) return known;
  const { default: json } = await import(`./${name}.json`, { with: { type: 'json' } });
  const system = manifest.parse(json);
  loaded.set(name, system);
  return system;
}
