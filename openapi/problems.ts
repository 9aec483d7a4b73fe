import { type ProblemCode, problems } from '#lib/problem.ts';
import { everyHeader } from './headers.ts';
import type { Json } from './json.ts';

/** The schema of every refusal (RFC 9457). */
export const problemSchema: Json = {
  type: 'object',
  description: 'A refusal (RFC 9457). `code` is stable: codes are added, none is renamed.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', pattern: '^urn:problem-type:lockstep:[a-z-]+$' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string' },
    detail: { type: 'string' },
    instance: { type: 'string', pattern: '^urn:request:' },
    errors: {
      type: 'array',
      description: 'The wrong fields: JSON Pointers into the body, or `query.limit`, `path.slotId`.',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

const instance = 'urn:request:6f1c1d2e-8b7a-4c57-9d0e-2f4b8a1c3d5e';
const wrongField = { pointer: 'query.limit', detail: 'A number from 1 to 100.' };

/** A problem by the catalogue. */
export const problemExample = (code: ProblemCode): Json => ({
  type: `urn:problem-type:lockstep:${code}`,
  title: problems[code].title,
  status: problems[code].status,
  code,
  instance,
  ...(code === 'invalid-request' && { errors: [wrongField] }),
});

/** `components.examples`: one for each code. */
export const problemExamples: Json = Object.fromEntries(
  (Object.keys(problems) as ProblemCode[])
    .toSorted()
    .map((code) => [code, { summary: problems[code].title, value: problemExample(code) }]),
);

/** The refusals that a document has met so far, by their codes: `components.responses`. */
export type Refusals = Record<string, Json>;

/** The responses of some codes, one for each status. */
export function problemResponses(codes: readonly ProblemCode[], refusals: Refusals): Json {
  const byStatus = Map.groupBy([...new Set(codes)].toSorted(), (code) => problems[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => {
      const name = group.join('.');
      refusals[name] ??= refusal(group);
      return [status, { $ref: `#/components/responses/${name}` }];
    }),
  );
}

const refusal = (codes: readonly ProblemCode[]): Json => ({
  description: `${codes.map((code) => problems[code].title).join('; ')}.`,
  headers: { ...everyHeader, 'Retry-After': { $ref: '#/components/headers/Retry-After' } },
  content: {
    'application/problem+json': {
      schema: {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }],
      },
      examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    },
  },
});
