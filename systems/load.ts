import { type Manifest, manifest } from './manifest.ts';

const loaded = new Map<string, Manifest>();

/**
 * A system's manifest as this build has it, read at first use and kept: it cannot change under a running build, and nobody may change what he is handed.
 * The bundler takes every file that this pattern can name along, so a new system needs no line of code.
 */
export async function loadSystem(name: string): Promise<Manifest> {
  const known = loaded.get(name);
  if (known) return known;
  const { default: json } = await import(`./${name}.json`, { with: { type: 'json' } });
  const system = manifest.parse(json);
  loaded.set(name, system);
  return system;
}
