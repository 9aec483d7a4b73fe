import { valueAt } from '#lib/value-at.ts';

/**
 * Fills a manifest's body. `"{payload.state}"` alone keeps the value's type, inside a longer text
 * it becomes text; a missing value is left out.
 */
export function fillTemplate(template: unknown, values: Record<string, unknown>): unknown {
  if (typeof template === 'string') return filledText(template, values);
  if (Array.isArray(template)) return template.map((one) => fillTemplate(one, values));
  if (template === null || typeof template !== 'object') return template;
  const entries = Object.entries(template).map(
    ([name, inner]) => [name, fillTemplate(inner, values)] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function filledText(text: string, values: Record<string, unknown>): unknown {
  const whole = /^\{([\w.-]+)\}$/.exec(text)?.[1];
  if (whole) return valueAt(values, whole);
  return text.replaceAll(/\{([\w.-]+)\}/g, (_, path: string) => String(valueAt(values, path) ?? ''));
}
