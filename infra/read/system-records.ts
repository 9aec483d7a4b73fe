import { isIP } from 'node:net';
import type { Node } from 'constructs';
import * as z from 'zod';
import { isPrivate } from '#lib/outside/addresses.ts';
import type { Manifest } from '#systems/manifest.ts';

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

/**
 * The records of `systems` in cdk.json by name, each overridden key by key by
 * `LOCKSTEP_SYSTEMS={…}`. Throws, by record and key, at an unknown or wrong value, and at a record
 * without a manifest among `names`.
 */
export const systemRecords = (node: Node, env: NodeJS.ProcessEnv, names: string[]) => {
  const committed = objectOf(node.tryGetContext('systems'), 'systems in cdk.json');
  const overrides = objectOf(env.LOCKSTEP_SYSTEMS, 'LOCKSTEP_SYSTEMS');
  const stray = Object.keys({ ...committed, ...overrides }).find((name) => !names.includes(name));
  if (stray) throw new Error(`systems.${stray}: there is no systems/${stray}.json for this record`);
  return (name: string): SystemRecord => {
    const result = record.safeParse({ ...committed[name], ...overrides[name] });
    if (result.success) return result.data;
    const told = result.error.issues.map(({ path, message }) => `${[name, ...path].join('.')}: ${message}`);
    throw new Error(told.map((line) => `systems.${line}`).join('\n'));
  };
};

const objectOf = (given: unknown, what: string): Record<string, object> => {
  const result = z.record(z.string(), z.record(z.string(), z.unknown())).safeParse(read(given ?? {}));
  if (!result.success) throw new Error(`${what}: expected a JSON object with a record for each system`);
  return result.data;
};

const read = (given: unknown): unknown => {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
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
