import { everyAnswer, everyHeader, someAnswers } from './headers.ts';
import type { Json } from './json.ts';
import { type DescribedDoor, operationOf, tagOf } from './operation.ts';
import { problemExamples, problemSchema, type Refusals } from './problems.ts';
import type { Components } from './schemas.ts';
import { tags } from './tags.ts';

/** `prefix` is where the paths begin, `server` the same relative to the document's own URL. */
export type Kept = { prefix: string; server: string; title: string; description: string };

/** An OpenAPI 3.1 document of the doors below a prefix. */
export function documentOf(
  { prefix, server, title, description }: Kept,
  doors: DescribedDoor[],
  version: string,
): Json {
  const schemas: Components = {};
  const refusals: Refusals = {};
  const paths: Record<string, Json> = {};
  for (const door of doors.toSorted(byPath)) {
    const path = door.path.slice(prefix.length);
    const operation = operationOf(door, path, schemas, refusals);
    paths[path] = { ...paths[path], [door.method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.1',
    info: { title, version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: server }],
    security: [{ key: [] }],
    tags: [...new Set(Object.keys(paths).map(tagOf))].map((name) => ({ name, description: tagged(name) })),
    paths,
    components: needed(paths, {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key: `lk_…`.' } },
      headers: { ...everyAnswer, ...someAnswers },
      schemas: { ...schemas, Problem: problemSchema },
      examples: problemExamples,
      responses: { ...refusals, ...gatewayResponses },
    }),
  };
}

type Groups = Record<string, Record<string, unknown>>;

/** The components that the paths refer to, directly or through other components. */
function needed(paths: Json, { securitySchemes, ...groups }: Groups): Json {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    for (const [, group = '', name = ''] of JSON.stringify(value).matchAll(
      /"#\/components\/(\w+)\/([^"]+)"/g,
    )) {
      if (found.has(`${group}/${name}`)) continue;
      found.add(`${group}/${name}`);
      walk(groups[group]?.[name]);
    }
  };
  walk(paths);
  const kept = Object.entries(groups).map(([group, parts]) => [
    group,
    Object.fromEntries(
      Object.entries(parts)
        .filter(([name]) => found.has(`${group}/${name}`))
        .toSorted(byName),
    ),
  ]);
  return { securitySchemes, ...Object.fromEntries(kept) };
}

const gatewayResponses: Json = {
  NotModified: {
    description: 'The version that the caller has is the newest.',
    headers: {
      ...everyHeader,
      ETag: { $ref: '#/components/headers/ETag' },
      'Last-Modified': { ...someAnswers['Last-Modified'], required: false },
    },
  },
  GatewayTimeout: {
    description: 'The door did not answer in time. The gateway sends this problem.',
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: { unavailable: { $ref: '#/components/examples/unavailable' } },
      },
    },
  },
};

const byPath = (a: DescribedDoor, b: DescribedDoor) => {
  const [left, right] = [a, b].map(({ path, method }) => `${path} ${method}`) as [string, string];
  return left < right ? -1 : 1;
};

function tagged(name: string): string {
  const description = tags[name];
  if (!description) throw new Error(`openapi/tags.ts has no description of ${name}`);
  return description;
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
