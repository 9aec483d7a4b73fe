import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { HttpMiddleware } from './middleware-hooks.ts';

/**
 * Header names in lower case, since callers spell them as they like. A header that is there twice
 * has both values, joined by a comma (RFC 9110, 5.3), or the one that both say. The gateway sends
 * null for a request without headers.
 */
export const headerNames: HttpMiddleware = {
  before: ({ event }) => {
    const headers: APIGatewayProxyEvent['headers'] = Object.create(null);
    const all: NonNullable<APIGatewayProxyEvent['multiValueHeaders']> = Object.create(null);
    for (const name in event.headers) headers[name.toLowerCase()] = event.headers[name];
    for (const name in event.multiValueHeaders) {
      const lower = name.toLowerCase();
      all[lower] = [...(all[lower] ?? []), ...(event.multiValueHeaders[name] ?? [])];
      if (all[lower].length > 1) headers[lower] = [...new Set(all[lower])].join(', ');
    }
    event.headers = headers;
    event.multiValueHeaders = all;
  },
};
