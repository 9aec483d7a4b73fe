import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { entityTag, unchanged } from './preconditions.ts';

/**
 * `body` is sent as JSON, `text` as it is, with the media type `type`. `etag` is unquoted;
 * `modifiedAt` is in ms since the epoch.
 */
export type HttpAnswer = {
  status: number;
  body?: unknown;
  text?: string;
  type?: string;
  etag?: string | number;
  modifiedAt?: number;
  headers?: Record<string, string>;
};

/** The answer in the gateway's form. A reader that has the newest version gets 304. */
export function renderAnswer(event: APIGatewayProxyEvent, told: HttpAnswer): APIGatewayProxyResult {
  const { status, body, type = 'application/json', etag: tag, modifiedAt, headers } = told;
  const text = told.text ?? (body === undefined ? undefined : JSON.stringify(body));
  const etag = tag === undefined ? undefined : entityTag(tag);
  const seen = event.httpMethod === 'GET' && status === 200 && unchanged(event, etag, modifiedAt);
  const common = {
    'Cache-Control': etag ? 'private, no-cache' : 'no-store',
    ...headers,
    ...(etag && { ETag: etag }),
    ...(modifiedAt !== undefined && { 'Last-Modified': new Date(modifiedAt).toUTCString() }),
  };
  if (seen) return { statusCode: 304, headers: common, body: '' };
  if (text === undefined) return { statusCode: status, headers: common, body: '' };
  return { statusCode: status, headers: { ...common, 'Content-Type': type }, body: text };
}
