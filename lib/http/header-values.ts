import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { HttpMiddleware } from './middleware-hooks.ts';

type Values = NonNullable<APIGatewayProxyEvent['multiValueHeaders']>;

/**
 * Header names in lower case, since callers spell them as they like. A name in two spellings is one
 * header with both values. The gateway sends null for a request without headers.
 */
export const headerNames: HttpMiddleware = {
  before: ({ event }) => {
    const headers: APIGatewayProxyEvent['headers'] = Object.create(null);
    const all: Values = Object.create(null);
    for (const name in event.headers) headers[name.toLowerCase()] = event.headers[name];
    for (const name in event.multiValueHeaders) {
      const lower = name.toLowerCase();
      all[lower] = [...(all[lower] ?? []), ...(event.multiValueHeaders[name] ?? [])];
    }
    event.headers = headers;
    event.multiValueHeaders = all;
  },
};

/** Whether a header says one thing: it is there once, or with the same value each time. */
export function isOneValue({ multiValueHeaders }: APIGatewayProxyEvent, name: string): boolean {
  const values = multiValueHeaders?.[name] ?? [];
  return values.every((value) => value.trim() === values[0]?.trim());
}
