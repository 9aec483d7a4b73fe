import { type Document, resolve, type Schema } from './document.ts';

/** A field of a schema for readers: `price.amount`, `items[].state`. */
export type Line = { name: string; required: boolean; type: string; description: string };

const deepest = 6;

/** The fields of a schema, those of nested objects below them by their dotted names. */
export function linesOf(document: Document, schema: Schema, prefix = '', depth = 0): Line[] {
  const { properties = {}, required = [], items, ...rest } = resolve(document, schema);
  if (depth > deepest) return [];
  const parts = [...(rest.anyOf ?? []), ...(rest.oneOf ?? []), ...(rest.allOf ?? [])];
  const own = Object.entries(properties).flatMap(([name, field]) => {
    const known = resolve(document, field);
    const line = {
      name: `${prefix}${name}`,
      required: required.includes(name),
      type: typeOf(document, field),
      description: known.description ?? '',
    };
    return [line, ...linesOf(document, field, `${prefix}${name}.`, depth + 1)];
  });
  const inItems = items ? linesOf(document, items, `${prefix.replace(/\.$/, '')}[].`, depth + 1) : [];
  return [...own, ...inItems, ...parts.flatMap((part) => linesOf(document, part, prefix, depth + 1))];
}

/** The type of a field with its constraints, in words. */
export function typeOf(document: Document, schema: Schema): string {
  const known = resolve(document, schema);
  if (known.const !== undefined) return JSON.stringify(known.const);
  if (known.enum) return known.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = known.anyOf ?? known.oneOf;
  if (choices) return [...new Set(choices.map((choice) => typeOf(document, choice)))].join(' | ');
  if (known.items) return `${typeOf(document, known.items)}[]`;
  const type = [known.type ?? 'any'].flat().join(' | ');
  return [known.format ? `${type} (${known.format})` : type, boundsOf(known)].filter(Boolean).join(', ');
}

function boundsOf({ minimum, maximum, minLength, maxLength, default: usual }: Schema): string {
  return [
    minimum !== undefined && `from ${minimum}`,
    maximum !== undefined && `to ${maximum}`,
    minLength !== undefined && `at least ${minLength} long`,
    maxLength !== undefined && `at most ${maxLength} long`,
    usual !== undefined && `${JSON.stringify(usual)} if left out`,
  ]
    .filter(Boolean)
    .join(', ');
}
