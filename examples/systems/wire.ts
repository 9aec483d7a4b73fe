import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Answer } from './behaviours.ts';

/** The longest body, by default. */
const usualLength = 65_536;

/** The body as JSON, `{}` if there is none. */
export async function bodyOf(request: IncomingMessage, maxLength = usualLength): Promise<unknown> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) if (body.length <= maxLength) body += chunk;
  if (body.length > maxLength) throw new SyntaxError('too long');
  return body === '' ? {} : JSON.parse(body);
}

/** A path below an address; `{key}` matches one segment. */
export const pattern = (path: string) => new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

/** Names the wrong field, or `body` for the whole. Undefined: the error is our own. */
export function invalid(error: unknown): Answer | undefined {
  if (error instanceof SyntaxError) return { status: 400, body: { error: 'invalid', field: 'body' } };
  if (error instanceof URIError) return { status: 400, body: { error: 'invalid', field: 'key' } };
  if (!(error instanceof z.ZodError)) return undefined;
  const [issue] = error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  return { status: 400, body: { error: 'invalid', field: unknown ?? (issue?.path.join('.') || 'body') } };
}

export function send(response: ServerResponse, { status, body, headers }: Answer) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
