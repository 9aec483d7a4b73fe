import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { Sync } from '#domain/syncs/sync.ts';
import { catalogue } from '#events/index.ts';
import { canonical } from '#lib/ids.ts';

/**
 * The fields that the type's schema marks `x-subject`, as digests scoped to tenant, type and
 * field. Two syncs about the same subject can be matched without naming it.
 */
export function subjectsOf({
  tenant,
  type,
  payload,
}: Pick<Sync, 'tenant' | 'type' | 'payload'>): Map<string, string> {
  const { shape = {} } = catalogue.get(type)?.data ?? {};
  const marked = Object.entries(shape).filter(([, field]) => (field as z.ZodType).meta()?.['x-subject']);
  const present = marked.filter(([name]) => payload[name] !== undefined && payload[name] !== null);
  return new Map(present.map(([name]) => [digestOf(['subject', tenant, type, name, payload[name]]), name]));
}

const digestOf = (parts: unknown[]): string =>
  createHash('sha256').update(canonical(parts)).digest('hex').slice(0, 16);
