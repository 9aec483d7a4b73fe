import { type Manifest, manifest } from './manifest.ts';

/** A system's manifest as this build has it. The bundler takes every file that this pattern can name along, so a new system needs no line of code. */
export async function loadSystem(name: string): Promise<Manifest> {
  const { default: json } = await import(`./${name}.json`, { with: { type: 'json' } });
  return manifest.parse(json);
}
