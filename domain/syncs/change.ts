import { createHash } from 'node:crypto';
import * as z from 'zod';
import { catalogue, syncType, syncTypes } from '#events/index.ts';
import { invalid } from '#lib/http/parse.ts';
import { canonical, digest } from '#lib/ids.ts';
import { Problem } from '#lib/problem.ts';
import { text } from '#lib/text.ts';

/**
 * What a sync changes: the catalogue's name of its type, and a payload of that type's schema. Only
 * this file opens a payload, and the line that writes it out.
 */
export type SyncChange = { type: string; payload: Record<string, unknown> };

/** The change of a sync that was undone before it was accepted. */
export const noChange: SyncChange = { type: '', payload: {} };

/** The change alone, out of what carries it. */
export const changeOf = ({ type, payload }: SyncChange): SyncChange => ({ type, payload });

/** A change as a publisher requests it, in any spelling of the type. */
export const changeFields = { type: text(100), payload: z.unknown() };
export const exampleChange = { type: 'benefit.adjusted', payload: { state: 'OH', delta_usd: 25 } };

/**
 * The type by its catalogue name, and the payload parsed by its schema. Refuses, naming each
 * field.
 */
export function parseChange({ type, payload }: { type: string; payload?: unknown }): SyncChange {
  const known = syncType(type);
  if (!known) throw new Problem('unknown-event-type', { detail: `There are: ${syncTypes().join(', ')}.` });
  const parsed = known.data.strict().safeParse(payload);
  if (parsed.success) return { type: known.type, payload: parsed.data };
  const errors = parsed.error.issues.flatMap((issue) => {
    const at =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return at.map((path) => ({
      pointer: ['/payload', ...path.map(String)].join('/'),
      detail: issue.code === 'unrecognized_keys' ? 'There is no such field.' : issue.message,
    }));
  });
  throw invalid(errors, 'payload-invalid');
}

/** Digest that makes two requests the same: of the normalised command, not of bytes. */
export const syncRequestDigest = ({
  route,
  type,
  payload,
  asked,
}: SyncChange & { route: string; asked: object }): string => digest(route, type, payload, asked);

/** What the type's schema says of each field. */
const metaOf = (type: string): Record<string, { 'x-pii'?: unknown; 'x-subject'?: unknown }> =>
  Object.fromEntries<object>(
    Object.entries(catalogue.get(type)?.data.shape ?? {}).map(([name, field]) => [
      name,
      (field as z.ZodType).meta() ?? {},
    ]),
  );

/**
 * The fields that the type's schema marks `x-subject`, as digests scoped to tenant, type and
 * field. Two syncs about the same subject can be matched without naming it.
 */
export function subjectsOf({ tenant, type, payload }: SyncChange & { tenant: string }): Map<string, string> {
  const marked = Object.entries(metaOf(type)).filter(([, meta]) => meta['x-subject']);
  const present = marked.filter(([name]) => payload[name] !== undefined && payload[name] !== null);
  return new Map(
    present.map(([name]) => [subjectDigest(['subject', tenant, type, name, payload[name]]), name]),
  );
}

const subjectDigest = (parts: unknown[]): string =>
  createHash('sha256').update(canonical(parts)).digest('hex').slice(0, 16);

export const mask = '•••';

/**
 * Masks a payload: shape stays, every text and every field that the schema marks as personal is
 * hidden.
 */
export function maskChange({ type, payload }: SyncChange): SyncChange {
  const known = metaOf(type);
  const entries = Object.entries(payload).map(([name, value]) => {
    const { 'x-pii': personal, 'x-subject': subject } = known[name] ?? {};
    return [name, personal || subject ? mask : maskValue(value)];
  });
  return { type, payload: Object.fromEntries(entries) };
}

/** Numbers and booleans stay as they are. */
export function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return mask;
  if (Array.isArray(value)) return value.map(maskValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskValue(inner)]));
}
