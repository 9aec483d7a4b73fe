import { Unreached } from '#lib/outside/outside.ts';
import { valueAt } from '#lib/value-at.ts';

/**
 * Fills a manifest's body. `"{payload.state}"` alone keeps the value's type, and is left out where
 * the payload lacks it; inside a longer text it becomes text, and `{{` and `}}` are braces. Throws
 * `Unreached` for any other value that is missing.
 */
export function fillTemplate(template: unknown, values: object): unknown {
  if (typeof template === 'string') return filledText(template, values);
  if (Array.isArray(template))
    // JSON would make null of a place in a list that is left out.
    return template.map((one) => fillTemplate(one, values) ?? (one === null ? null : unfilled(String(one))));
  if (template === null || typeof template !== 'object') return template;
  const entries = Object.entries(template).map(
    ([name, inner]) => [name, fillTemplate(inner, values)] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Optional by their schemas: fields of the payload, and the items of a sync without a batch. */
const mayLack = /^(?:payload\..*|items)$/;

function filledText(text: string, values: object): unknown {
  const whole = /^\{([\w.-]+)\}$/.exec(text)?.[1];
  if (whole) {
    const value = valueAt(values, whole);
    return value === undefined && !mayLack.test(whole) ? unfilled(text) : value;
  }
  return text.replaceAll(/\{\{|\}\}|\{([\w.-]+)\}/g, (found: string, name: string | undefined) =>
    name === undefined ? found.slice(1) : asText(valueAt(values, name), found),
  );
}

const asText = (value: unknown, placeholder: string): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : unfilled(placeholder);

function unfilled(placeholder: string): never {
  throw new Unreached('unfilled', { detail: placeholder });
}
