import { timingSafeEqual } from 'node:crypto';
import type { Table } from '#lib/aws/table.ts';
import type { Clock } from '#lib/clock.ts';
import type { Caller } from '#lib/http/endpoint.ts';
import { type Access, hashOf, readApiKeys, tenantOf } from './api-keys.ts';

const askAgainMs = 1_000;
const tenants = 1_000;

/**
 * Finds the caller of a key. A tenant's keys are read again after `keepMs`, so that a revoked key
 * ends by then and a warm call costs no read; an unknown key is looked up again after a second, so
 * that a new one works at once.
 */
export function callersOn({
  table,
  clock,
  keepMs = 60_000,
}: {
  table: Table;
  clock: Clock;
  keepMs?: number;
}): (key: string) => Promise<Caller | undefined> {
  const seen = new Map<string, { at: number; access: Promise<Access | undefined> }>();

  function read(tenant: string, maxAgeMs: number): Promise<Access | undefined> {
    const known = seen.get(tenant);
    if (known && clock.now() - known.at < maxAgeMs) return known.access;
    if (seen.size >= tenants) seen.clear();
    const access = readApiKeys({ table }, tenant);
    seen.set(tenant, { at: clock.now(), access });
    access.catch(() => seen.delete(tenant));
    return access;
  }

  return async (key) => {
    const tenant = tenantOf(key);
    if (!tenant) return undefined;
    const hash = hashOf(key);
    return (
      find(await read(tenant, keepMs), tenant, hash) ?? find(await read(tenant, askAgainMs), tenant, hash)
    );
  };
}

function find(access: Access | undefined, tenant: string, hash: string): Caller | undefined {
  const found = Object.entries(access?.keys ?? {}).find(
    ([, key]) => !key.revokedAt && timingSafeEqual(Buffer.from(key.hash), Buffer.from(hash)),
  );
  if (!found) return undefined;
  const [keyId, { role, system }] = found;
  return { tenant, role, keyId, ...(system && { system }) };
}
