import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { JsonRefused, pointerTo } from '#lib/json/json-refused.ts';
import { readJson } from '#lib/json/read-json.ts';
import { Problem, type ProblemCode } from '#lib/problem.ts';

/** `zod/mini` has no messages of its own; these are those of `zod`. */
z.config(en());

const maxBytes = 65_536;
const maxDepth = 16;

/**
 * Reads the body: JSON with one meaning, of at most 64 KiB and sixteen levels, uncompressed. An
 * empty body is undefined.
 */
export function bodyOf(event: APIGatewayProxyEvent): unknown {
  const given = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64') : (event.body ?? '');
  if (given.length === 0) return undefined;
  if (Buffer.byteLength(given) > maxBytes)
    throw new Problem('body-too-large', { detail: `At most ${maxBytes} bytes.` });
  if (!/^(identity)?$/i.test(event.headers['content-encoding']?.trim() ?? ''))
    throw new Problem('body-encoded', { detail: 'Send it as it is, without a Content-Encoding.' });
  if (!/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(event.headers['content-type'] ?? ''))
    throw new Problem('not-json');
  try {
    return readJson(given, { depth: maxDepth });
  } catch (error) {
    throw error instanceof JsonRefused ? invalid([toldOf(error)]) : error;
  }
}

function toldOf({ code, detail, pointer, line, column }: JsonRefused): { pointer: string; detail: string } {
  if (code === 'syntax') return { pointer: '', detail: 'The body is not valid JSON.' };
  if (code === 'depth') return { pointer: '', detail: `Nested deeper than ${maxDepth} levels.` };
  return { pointer, detail: `Line ${line}, column ${column}: ${detail}.` };
}

/**
 * Parses a part of the request by a schema. A refusal names each field: as a JSON Pointer for the
 * body, by name for `path` and `query`.
 */
export function understand<T extends z.core.$ZodType>(
  schema: T,
  value: unknown,
  part: 'body' | 'path' | 'query',
): z.output<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            pointer: pointer(part, [...issue.path, key]),
            detail: 'There is no such field.',
          }))
        : [{ pointer: pointer(part, issue.path), detail: issue.message }],
    ),
  );
}

/** The query as an object. A repeated name is refused, because it has no single meaning. */
export function queryOf(event: APIGatewayProxyEvent): Record<string, string> {
  const repeated = Object.entries(event.multiValueQueryStringParameters ?? {}).filter(
    ([, values]) => (values?.length ?? 0) > 1,
  );
  if (repeated.length > 0)
    throw invalid(repeated.map(([name]) => ({ pointer: `query.${name}`, detail: 'Given more than once.' })));
  return Object.fromEntries(
    Object.entries(event.queryStringParameters ?? {}).map(([name, value]) => [name, value ?? '']),
  );
}

export const invalid = (
  errors: { pointer: string; detail: string }[],
  code: ProblemCode = 'invalid-request',
): Problem => {
  const [first] = errors;
  const shown = errors
    .slice(0, 20)
    .map(({ pointer: where, detail }) => ({ pointer: where.slice(0, 200), detail: detail.slice(0, 200) }));
  return new Problem(code, {
    errors: shown,
    ...(first && { detail: `${first.pointer || 'body'}: ${first.detail}`.slice(0, 300) }),
  });
};

function pointer(part: 'body' | 'path' | 'query', path: PropertyKey[]): string {
  if (part !== 'body') return [part, ...path].map(String).join('.');
  return pointerTo(path);
}
