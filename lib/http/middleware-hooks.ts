import { randomBytes } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/** A door's middleware: proxy event in, answer out, header names in lower case. */
export type HttpMiddleware = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

/** Adds to every answer, whether of the door or of a problem. */
export function onEveryAnswer(
  decorate: (answer: APIGatewayProxyResult, event: APIGatewayProxyEvent, requestId: string) => void,
): HttpMiddleware {
  const hook: NonNullable<HttpMiddleware['after']> = (request) => {
    if (request.response) decorate(request.response, request.event, request.context.awsRequestId);
  };
  return { after: hook, onError: hook };
}

/**
 * The version of the request (`v2` of `/api/v2/slots`): by the route or, for the greedy door, by
 * the path; undefined if neither names one.
 */
export const versionOf = ({ resource, path }: APIGatewayProxyEvent): string | undefined =>
  named(resource) ?? named(path);

const named = (path: string | undefined): string | undefined =>
  /^\/(?:api|hooks|ops)\/(v\d+)(?:\/|$)/.exec(path ?? '')?.[1];

/**
 * W3C Trace Context: continues the caller's trace with a span of ours, or begins a new trace
 * without a valid one.
 */
export function traceparent(given: string | undefined): string {
  const fresh = randomBytes(24).toString('hex');
  const trace =
    /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.exec(given ?? '')?.[1] ??
    fresh.slice(16);
  return `00-${trace}-${fresh.slice(0, 16)}-01`;
}
