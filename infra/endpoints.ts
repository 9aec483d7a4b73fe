import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { join } from 'node:path';
import type { Node } from 'constructs';
import { type Manifest, manifest } from '#systems/manifest.ts';
import { upperSnake } from './settings.ts';

/** An outside system's manifest and where it is reached. */
export type System = { manifest: Manifest; file: string; variable: string; endpoint: string };

/** Every systems/*.json with its endpoint, from the environment (`ENDPOINT_CLEARINGHOUSE`) or the context (`endpoints`). Stops the synth, by name, at what is absent or wrong. */
export const systemsIn = (root: string, node: Node, env: NodeJS.ProcessEnv): System[] =>
  readdirSync(join(root, 'systems'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const file = `systems/${name}`;
      const found = manifestOf(root, file);
      if (`${found.name}.json` !== name)
        throw new Error(`${file}: name: says '${found.name}', the file says otherwise`);
      refuseWithoutAdapter(root, file, found);
      const variable = `ENDPOINT_${upperSnake(found.name).replaceAll('-', '_')}`;
      const given = env[variable] ?? node.tryGetContext('endpoints')?.[found.name];
      if (!given)
        throw new Error(
          `${file}: no endpoint; set ${variable}, or '${found.name}' under 'endpoints' in cdk.json`,
        );
      return { manifest: found, file, variable, endpoint: endpointOf(given, found, `${variable} (${file})`) };
    });

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

const endpointOf = (given: string, { private: isPrivate, file }: Manifest, what: string): string => {
  const url = URL.parse(given);
  const [kind, protocols] = file ? ['sftp', ['sftp:']] : ['http(s)', ['http:', 'https:']];
  if (!url || !protocols.includes(url.protocol)) throw new Error(`${what}: '${given}' is no ${kind} URL`);
  if (url.search || url.hash || url.username || url.password)
    throw new Error(`${what}: an endpoint has no query, fragment or credentials`);
  if (!isPrivate && url.protocol === 'http:')
    throw new Error(`${what}: plain HTTP needs "private": true in the manifest`);
  if (!isPrivate && isPrivateAddress(url.hostname))
    throw new Error(`${what}: a private address needs "private": true in the manifest`);
  return given.replace(/\/+$/, '');
};

const blocks: [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
];
const privateAddresses = new BlockList();
for (const block of blocks) privateAddresses.addSubnet(...block);

const isPrivateAddress = (hostname: string) => {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  const family = isIP(host);
  return family !== 0 && privateAddresses.check(host, family === 6 ? 'ipv6' : 'ipv4');
};
