import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Json } from './json.ts';

/** The named schemas that a document has met so far: `components.schemas`. */
export type Components = Record<string, Json>;
type Way = 'input' | 'output';

/** The JSON Schema of a body. A request's body is closed, an answer's body may gain fields. */
export function bodySchema(schema: z.core.$ZodType, way: Way, components: Components): Json {
  // A schema with an id becomes a reference only below the root.
  const { properties, $defs = {} } = jsonSchema(z.object({ root: schema }), way);
  for (const [name, found] of Object.entries($defs as Components))
    keep(components, name, pointed(found) as Json);
  return pointed((properties as Json).root) as Json;
}

function keep(components: Components, name: string, schema: Json): void {
  const known = components[name] ?? schema;
  if (!isDeepStrictEqual(known, schema)) throw new Error(`Two schemas are called ${name}`);
  components[name] = known;
}

export type Parameter = { name: string; required: boolean; schema: Json };

/** The fields of a path or a query. Each arrives as text, and is shown as its parsed type. */
export function parametersOf(schema: z.core.$ZodType | undefined): Parameter[] {
  if (!schema) return [];
  const given = jsonSchema(schema, 'input');
  const made = jsonSchema(schema, 'output').properties as Json;
  return Object.entries(given.properties as Record<string, Json>).map(([name, text]) => {
    const value = made[name] as Json;
    const isMade = ['integer', 'number', 'boolean'].includes(String(value.type));
    const required = ((given.required ?? []) as string[]).includes(name);
    return { name, required, schema: isMade ? value : text };
  });
}

const jsonSchema = (schema: z.core.$ZodType, io: Way): Json =>
  z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (io === 'output' && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties;
      delete jsonSchema.id;
    },
  }) as Json;

/** Turns references within one schema into references within the document. */
function pointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      name === '$ref' ? String(part).replace('#/$defs/', '#/components/schemas/') : pointed(part),
    ]),
  );
}
