import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'constructs';
import { type Manifest, manifest } from '#systems/manifest.ts';
import { upperSnake } from './settings.ts';
import { allowedEndpoint, type SystemRecord, systemRecords } from './system-records.ts';

/** An outside system's manifest, and how this deployment reaches it. */
export type System = SystemRecord & { manifest: Manifest; file: string; variable: string; endpoint: string };

/**
 * Every systems/*.json with its record from cdk.json; `ENDPOINT_CLEARINGHOUSE` in the environment
 * overrides the endpoint. Throws, by name, at what is absent or wrong.
 */
export const systemsIn = (root: string, node: Node, env: NodeJS.ProcessEnv): System[] => {
  const names = readdirSync(join(root, 'systems'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
  const recordOf = systemRecords(node, env, names);
  return names.map((name) => {
    const file = `systems/${name}.json`;
    const found = manifestOf(root, file);
    if (found.name !== name) throw new Error(`${file}: name: says '${found.name}', the file says otherwise`);
    refuseWithoutAdapter(root, file, found);
    const variable = `ENDPOINT_${upperSnake(name).replaceAll('-', '_')}`;
    const allows = recordOf(name);
    const given = env[variable] ?? allows.endpoint;
    if (!given)
      throw new Error(
        `${file}: no endpoint; set ${variable}, or "endpoint" of '${name}' under 'systems' in cdk.json`,
      );
    const endpoint = allowedEndpoint(given, found, allows, `${variable} (${file})`);
    return { ...allows, manifest: found, file, variable, endpoint };
  });
};

/** The environment variables for a system: its endpoint, and what its record allows. */
export const reachOfSystem = (system: System): Record<string, string> => {
  const allows = (['plainHttp', 'privateAddresses'] as const).filter((each) => system[each]);
  return {
    [system.variable]: system.endpoint,
    ...(allows.length > 0 && { [`${system.variable}_ALLOWS`]: allows.join(',') }),
  };
};

const manifestOf = (root: string, file: string): Manifest => {
  const result = manifest.safeParse(JSON.parse(readFileSync(join(root, file), 'utf8')));
  if (result.success) return result.data;
  throw new Error(
    result.error.issues.map((issue) => `${file}: ${issue.path.join('.')}: ${issue.message}`).join('\n'),
  );
};

const refuseWithoutAdapter = (root: string, file: string, { adapter }: Manifest) => {
  const door = `functions/adapters/${adapter}.ts`;
  if (adapter && !existsSync(join(root, door)))
    throw new Error(`${file}: adapter: '${adapter}' is no adapter; ${door} is missing`);
};
