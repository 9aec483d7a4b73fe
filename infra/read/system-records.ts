import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Node } from 'constructs';
import * as z from 'zod';
import { readJson } from '#lib/json/read-json.ts';
import { isPrivate } from '#lib/outside/addresses.ts';
import type { Manifest } from '#systems/manifest.ts';
import { issuesOf } from './issues.ts';
import { readJsonFile } from './json-file.ts';

/**
 * How this deployment reaches one outside system. Both switches widen what a call may do, so they
 * default to false.
 */
const record = z.strictObject({
  endpoint: z.string().optional(),
  /** Allows `http://`. */
  plainHttp: z.boolean().default(false),
  /** Allows private, loopback and link-local addresses. */
  privateAddresses: z.boolean().default(false),
  /** The tenants whose changes may reach the system. Empty: all. */
  tenants: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)).default([]),
});
export type SystemRecord = z.output<typeof record>;

type Records = { findings: string[]; of: (name: string) => SystemRecord | undefined };

/**
 * The records of `systems` in cdk.json by name, each overridden key by key by
 * `LOCKSTEP_SYSTEMS={…}`. Finds unknown and wrong values, records without a manifest among `names`,
 * and names that cdk.json has twice, in whatever part of it. `of` has no record where one is wrong.
 */
export const systemRecords = (root: string, node: Node, env: NodeJS.ProcessEnv, names: string[]): Records => {
  const file = existsSync(join(root, 'cdk.json')) ? readJsonFile(root, 'cdk.json') : undefined;
  const committed = objectOf(node.tryGetContext('systems') ?? {}, 'systems in cdk.json');
  const overrides = objectOf(overridesIn(env.LOCKSTEP_SYSTEMS), 'LOCKSTEP_SYSTEMS');
  const findings = [...(file?.findings ?? [])];
  const wrong = (path: PropertyKey[], message: string) => {
    const isFiled = file && valueIn(file.value, ['context', 'systems', ...path.slice(0, 1)]) !== undefined;
    const isOverridden = valueIn(overrides, path) !== undefined;
    findings.push(
      isFiled && !isOverridden
        ? file.tell(['context', 'systems', ...path], message)
        : `${['systems', ...path].join('.')}: ${message}`,
    );
  };
  for (const name of Object.keys({ ...committed, ...overrides }))
    if (!names.includes(name)) wrong([name], `there is no systems/${name}.json for this record`);
  const known = names.map((name): [string, SystemRecord | undefined] => {
    const result = record.safeParse({ ...committed[name], ...overrides[name] });
    for (const { path, message } of issuesOf(result.error)) wrong([name, ...path], message);
    return [name, result.data];
  });
  return { findings, of: (name) => new Map(known).get(name) };
};

const valueIn = (document: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((at: unknown, step) => (at as Record<PropertyKey, unknown> | undefined)?.[step], document);

const objectOf = (given: unknown, what: string): Record<string, object> => {
  const result = z.record(z.string(), z.record(z.string(), z.unknown())).safeParse(given);
  if (!result.success) throw new Error(`${what}: expected a JSON object with a record for each system`);
  return result.data;
};

const overridesIn = (given = '{}'): unknown => {
  try {
    return readJson(given);
  } catch (error) {
    throw new Error(`LOCKSTEP_SYSTEMS: ${(error as Error).message}`, { cause: error });
  }
};

/**
 * The endpoint without a trailing slash, if the record allows it. `what` names it in the error.
 */
export const allowedEndpoint = (
  given: string,
  system: Manifest,
  allows: SystemRecord,
  what: string,
): string => {
  const url = URL.parse(given);
  const [kind, protocols] = system.file ? ['sftp', ['sftp:']] : ['http(s)', ['http:', 'https:']];
  if (!url || !protocols.includes(url.protocol)) throw new Error(`${what}: '${given}' is no ${kind} URL`);
  if (url.search || url.hash || url.username || url.password)
    throw new Error(`${what}: an endpoint has no query, fragment or credentials`);
  if (/[{}\s]/.test(given)) throw new Error(`${what}: an endpoint has no placeholder and no white space`);
  const key = `systems.${system.name}`;
  const isLocal = isLocalHost(url.hostname);
  if (url.protocol === 'http:' && !allows.plainHttp)
    throw new Error(`${what}: plain HTTP needs "plainHttp": true in ${key} (cdk.json)`);
  if (isLocal && !allows.privateAddresses)
    throw new Error(`${what}: a private address needs "privateAddresses": true in ${key} (cdk.json)`);
  // A name is resolved at each call, which then sends secrets to private addresses only.
  const isPublic = !allows.privateAddresses || (isIP(bare(url.hostname)) !== 0 && !isLocal);
  if (url.protocol === 'http:' && isPublic && Object.keys(system.secrets).length > 0)
    throw new Error(`${what}: secrets do not go over plain HTTP to a public address`);
  return given.replace(/\/+$/, '');
};

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '');

const isLocalHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || isPrivate(bare(hostname));
