import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'constructs';
import type { Manifest } from '#systems/manifest.ts';
import { readManifest } from './manifest-file.ts';
import { upperSnake } from './settings.ts';
import { allowedEndpoint, type SystemRecord, systemRecords } from './system-records.ts';

/** An outside system's manifest, and how this deployment reaches it. */
export type System = SystemRecord & { manifest: Manifest; file: string; variable: string; endpoint: string };

/**
 * Every systems/*.json with its record from cdk.json; `ENDPOINT_CLEARINGHOUSE` in the environment
 * overrides the endpoint. Throws at what is absent or wrong, all of it at once: file, line, JSON
 * pointer.
 */
export const systemsIn = (root: string, node: Node, env: NodeJS.ProcessEnv): System[] => {
  const names = readdirSync(join(root, 'systems'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
  const records = systemRecords(root, node, env, names);
  const findings = [...records.findings];
  const systems = names.flatMap((name): System[] => {
    const manifest = readManifest(root, `systems/${name}.json`, findings);
    const allows = records.of(name);
    if (!manifest || !allows) return [];
    try {
      return [reached(manifest, allows, env)];
    } catch (error) {
      findings.push((error as Error).message);
      return [];
    }
  });
  if (findings.length > 0) throw new Error(findings.join('\n'));
  return systems;
};

/** Throws, by name, without an endpoint that the record allows. */
const reached = (manifest: Manifest, allows: SystemRecord, env: NodeJS.ProcessEnv): System => {
  const { name } = manifest;
  const file = `systems/${name}.json`;
  const variable = `ENDPOINT_${upperSnake(name).replaceAll('-', '_')}`;
  const given = env[variable] ?? allows.endpoint;
  if (!given)
    throw new Error(
      `${file}: no endpoint; set ${variable}, or "endpoint" of '${name}' under 'systems' in cdk.json`,
    );
  const endpoint = allowedEndpoint(given, manifest, allows, `${variable} (${file})`);
  return { ...allows, manifest, file, variable, endpoint };
};

/** The environment variables for a system: its endpoint, and what its record allows. */
export const reachOfSystem = (system: System): Record<string, string> => {
  const allows = (['plainHttp', 'privateAddresses'] as const).filter((each) => system[each]);
  return {
    [system.variable]: system.endpoint,
    ...(allows.length > 0 && { [`${system.variable}_ALLOWS`]: allows.join(',') }),
  };
};
