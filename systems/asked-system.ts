import type { Manifest } from './manifest.ts';

/** The defaults of the manifest schema for a system that takes no part in syncs. */
const usual = { timeoutMs: 2_000, maxBytes: 65_536, takes: {}, secrets: {} };
const promised = { prepare: 'none', undo: 'none', query: false, settlesWithinMs: 10_000 } as const;

/**
 * A system outside of syncs, by its manifest. `cdk synth` has checked the manifest and bundles the
 * two together, so that a cold start need not check it again.
 */
export function askedSystem(json: { name: string; capabilities: object }): Manifest {
  if ('adapter' in json) throw new Error(`${json.name} takes part in syncs: systems/load.ts reads it`);
  return { ...usual, ...json, capabilities: { ...promised, ...json.capabilities } } as Manifest;
}
