import { Ajv2020 } from 'ajv/dist/2020.js';
import { everyAnswer, someAnswers } from './headers.ts';
import type { Json } from './json.ts';

/**
 * An answer as a client has seen it: `path` may include a stage and a query, header names are in
 * lower case, `body` is text.
 */
export type SeenAnswer = {
  method: string;
  path: string;
  status: number;
  headers: Record<string, string>;
  body: string;
};
/** A document and the prefix of its paths, such as `/api/v1`. */
type Documented = { prefix: string; document: Json };
type Response = { headers?: Record<string, Json>; content?: Record<string, { schema: Json }> };

/**
 * The ways in which an answer contradicts its document; empty if it conforms. An answer that
 * belongs to no document may be the greedy door's only.
 */
export function checkAnswers(documents: readonly Documented[], answer: SeenAnswer): string[] {
  const mine = documents.find(({ prefix }) => answer.path.includes(`${prefix}/`));
  return mine ? checkAnswer(mine, answer) : undocumented(answer);
}

export function checkAnswer({ prefix, document }: Documented, answer: SeenAnswer): string[] {
  const path = answer.path.slice(answer.path.indexOf(prefix) + prefix.length).replace(/\?.*$/, '');
  const operation = operationAt(document, answer.method, path);
  if (!operation) return undocumented(answer);
  const declared = (operation.responses as Record<string, Json>)[answer.status];
  if (!declared) return [`${said(answer)} is no status of this operation`];
  const response = resolved(document, declared) as Response;
  return [...headerFaults(document, response, answer), ...bodyFaults(document, response, answer)].map(
    (fault) => `${said(answer)} ${fault}`,
  );
}

const said = ({ method, path, status }: SeenAnswer) => `${method} ${path} → ${status}`;

/** The greedy door answers a preflight, and everything else with 404. */
function undocumented(answer: SeenAnswer): string[] {
  if (answer.method === 'OPTIONS' && answer.status === 204) return [];
  const isRefused = answer.status === 404 && answer.body.includes('"code":"route-not-found"');
  return isRefused ? [] : [`${said(answer)} is in no document`];
}

/** The operation of a path: a literal segment takes precedence over a parameter. */
function operationAt(document: Json, method: string, path: string): Json | undefined {
  const fits = Object.keys(document.paths as Json)
    .filter((template) =>
      new RegExp(`^${template.replaceAll(/[.]/g, '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
    )
    .toSorted((a, b) => a.split('{').length - b.split('{').length);
  return fits
    .map((template) => (document.paths as Record<string, Json>)[template]?.[method.toLowerCase()])
    .find((operation) => operation !== undefined) as Json | undefined;
}

function resolved(document: Json, value: Json): Json {
  const pointer = value.$ref as string | undefined;
  if (!pointer) return value;
  // Our schema names contain neither `/` nor `~`, so a pointer needs no unescaping.
  return pointer
    .slice(2)
    .split('/')
    .reduce((part, name) => part[name] as Json, document);
}

function headerFaults(document: Json, { headers = {} }: Response, answer: SeenAnswer): string[] {
  const missing = Object.entries(headers)
    .filter(([name, header]) => resolved(document, header).required && !answer.headers[name.toLowerCase()])
    .map(([name]) => `lacks ${name}`);
  // Every answer of a deprecated version links to the next version.
  const linked = answer.headers.deprecation ? ['Link'] : [];
  const extra = Object.keys({ ...everyAnswer, ...someAnswers })
    .filter((name) => answer.headers[name.toLowerCase()] !== undefined)
    .filter((name) => !headers[name] && !linked.includes(name))
    .map((name) => `has ${name}, which is not declared`);
  return [...missing, ...extra];
}

function bodyFaults(document: Json, { content }: Response, answer: SeenAnswer): string[] {
  if (!content) return answer.body === '' ? [] : ['has a body, and none is declared'];
  const type = (answer.headers['content-type'] ?? '').replace(/;.*$/, '');
  const schema = content[type]?.schema;
  if (!schema) return [`is ${type || 'of no type'}, not ${Object.keys(content).join(' or ')}`];
  if (!/[/+]json$/.test(type)) return [];
  try {
    return schemaFaults(document, schema, JSON.parse(answer.body));
  } catch {
    return ['is not JSON'];
  }
}

/**
 * Validators by schema. A document is read once, so its schemas are the same objects each time.
 */
const validators = new WeakMap<Json, ReturnType<Ajv2020['compile']>>();

function schemaFaults(document: Json, schema: Json, value: unknown): string[] {
  const validate = validators.get(schema) ?? compiled(document, schema);
  validators.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || 'body'} ${message} ${JSON.stringify(params)}`,
  );
}

const compiled = (document: Json, schema: Json) =>
  new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile({
    ...(closed(schema) as Json),
    components: closed({ schemas: (document.components as Json).schemas }),
  });

/** Documents let answers grow, but this build's answers may have the named fields only. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closed(part)]));
  return copy.type === 'object' && copy.properties ? { additionalProperties: false, ...copy } : copy;
}
