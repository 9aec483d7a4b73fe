import * as z from 'zod';
import type { Answer, AnswerHeader, Declaration, RequestHeader } from '#lib/http/declaration.ts';
import type { Contract } from '#lib/http/endpoint.ts';
import type { ProblemCode } from '#lib/problem.ts';
import { everyHeader, requestHeaders, someAnswers } from './headers.ts';
import type { Json } from './json.ts';
import { problemResponses, type Refusals } from './problems.ts';
import { bodySchema, type Components, parametersOf } from './schemas.ts';

/** A door as documents need it: route, contract, declaration, and its handler's comment. */
export type DescribedDoor = {
  method: string;
  path: string;
  contract: Pick<Contract<never, never, never>, 'trust' | 'role' | 'keyed'>;
  api: Declaration;
  comment: string;
};
/**
 * One operation of a document; the schemas and refusals that it refers to are added to the
 * document's. `path` is relative to the document.
 */
export function operationOf(
  door: DescribedDoor,
  path: string,
  components: Components,
  refusals: Refusals,
): Json {
  const { method, contract, api } = door;
  const answers = Object.entries(api.answers).map(([status, answer]) => [
    status,
    responseOf(answer, components),
  ]);
  return {
    operationId: operationId(method, path),
    summary: api.summary,
    description: `${door.comment}${contract.role ? ` Needs a key of the role \`${contract.role}\`.` : ''}`,
    tags: [tagOf(path)],
    ...(contract.trust === 'open' && { security: [] }),
    ...listed('parameters', parameters(door)),
    ...(api.body && { requestBody: requestBody(api, components) }),
    responses: {
      ...Object.fromEntries(answers),
      ...(hasVersions(door) && { 304: { $ref: '#/components/responses/NotModified' } }),
      ...problemResponses([...commonProblems(door), ...api.problems], refusals),
      504: { $ref: '#/components/responses/GatewayTimeout' },
    },
  };
}

/** `GET /slots/{slotId}/reservations` → `getSlotsSlotIdReservations`. */
const operationId = (method: string, path: string): string =>
  method.toLowerCase() + path.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, first = '') => first.toUpperCase());

export const tagOf = (path: string): string => path.split(/[/.]/)[1]?.replace(/^\{(.*)\}$/, '$1') ?? '';

/** A door that answers with an ETag answers 304, too. */
const hasVersions = ({ method, api }: DescribedDoor): boolean =>
  method === 'GET' && (api.answers[200]?.headers ?? []).includes('ETag');

/** The problems that any door of its kind may answer. */
function commonProblems({ method, contract, api }: DescribedDoor): ProblemCode[] {
  const isListed = parametersOf(api.query).some(({ name }) => name === 'cursor');
  return [
    'invalid-request',
    ...(contract.trust === 'open' ? [] : (['unauthenticated', 'forbidden'] as const)),
    ...(contract.keyed ? (['idempotency-key-missing', 'idempotency-key-invalid'] as const) : []),
    ...(isListed ? (['cursor-invalid'] as const) : []),
    ...(['GET', 'DELETE'].includes(method) ? [] : (['body-too-large', 'body-encoded', 'not-json'] as const)),
    'too-many-requests',
    'internal',
    'unavailable',
  ];
}

function parameters(door: DescribedDoor): Json[] {
  const { path = {}, query = {}, headers = {} } = door.api.example ?? {};
  const fields = (place: 'path' | 'query', examples: Json) =>
    parametersOf(door.api[place]).map(({ name, required, schema }) => ({
      ...{ name, in: place, required: place === 'path' || required, schema },
      ...(examples[name] !== undefined && { example: examples[name] }),
    }));
  const sent = headersOf(door).map((name) => ({
    ...{ name, in: 'header', required: false, ...requestHeaders[name] },
    // A condition or a preference of the general example would make most requests fail.
    example:
      headers[name as RequestHeader] ??
      (name === 'Idempotency-Key' ? requestHeaders[name].example : undefined),
  }));
  return [...fields('path', path), ...fields('query', query), ...sent];
}

function headersOf(door: DescribedDoor): (RequestHeader | 'Idempotency-Key')[] {
  const { contract, api } = door;
  const conditions = hasVersions(door) ? (['If-None-Match'] as const) : [];
  const isDated = conditions.length > 0 && api.answers[200]?.headers?.includes('Last-Modified');
  return [
    ...(contract.keyed ? (['Idempotency-Key'] as const) : []),
    ...conditions,
    ...(isDated ? (['If-Modified-Since'] as const) : []),
    ...(api.headers ?? []),
  ];
}

const requestBody = ({ body, example }: Declaration, components: Components): Json => {
  const schema = bodySchema(body!, 'input', components);
  return {
    required: !z.safeParse(body!, {}).success,
    content: {
      'application/json': { schema, ...(example?.body !== undefined && { example: example.body }) },
    },
  };
};

function responseOf(
  { description, schema, example, texts = {}, headers = [], sometimes = [] }: Answer,
  components: Components,
): Json {
  const own = [
    ...headers.map((name: AnswerHeader) => [name, { $ref: `#/components/headers/${name}` }]),
    ...sometimes.map((name: AnswerHeader) => [name, { ...someAnswers[name], required: false }]),
  ];
  const content = {
    ...(schema && {
      'application/json': { schema: bodySchema(schema, 'output', components), example },
    }),
    ...Object.fromEntries(
      Object.entries(texts).map(([type, text]) => [type, { schema: { type: 'string' }, example: text }]),
    ),
  };
  return {
    description,
    headers: { ...everyHeader, ...Object.fromEntries(own) },
    ...(Object.keys(content).length > 0 && { content }),
  };
}

const listed = (name: string, values: Json[]): Json => (values.length > 0 ? { [name]: values } : {});
