import type * as z from 'zod';
import { catalogue } from '#events/index.ts';

export const mask = '•••';

/** A payload whose shape can be seen and whose words cannot: every text is hidden, and whatever the type's schema marks as about a person. */
export function masked(type: string, payload: Record<string, unknown>): Record<string, unknown> {
  const { shape = {} } = catalogue.get(type)?.data ?? {};
  const entries = Object.entries(payload).map(([name, value]) => {
    const { 'x-pii': personal, 'x-subject': subject } = (shape[name] as z.ZodType | undefined)?.meta() ?? {};
    return [name, personal || subject ? mask : hidden(value)];
  });
  return Object.fromEntries(entries);
}

/** Numbers and yes or no stay as they are. */
export function hidden(value: unknown): unknown {
  if (typeof value === 'string') return mask;
  if (Array.isArray(value)) return value.map(hidden);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hidden(inner)]));
}
