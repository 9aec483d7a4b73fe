import { env } from '#lib/env.ts';
import { type HttpMiddleware, onEveryAnswer } from '#lib/http/middleware-hooks.ts';

const exposed =
  'API-Version, ETag, Deprecation, Idempotent-Replayed, Link, Location, Preference-Applied, Retry-After, Sunset, traceparent, X-Request-Id';

/** Lets pages of the configured origins read the answer. Other origins get no header. */
export const cors = (): HttpMiddleware =>
  onEveryAnswer((answer, event) => {
    const origin = event.headers.origin;
    if (!origin) return;
    answer.headers = {
      ...answer.headers,
      Vary: [answer.headers?.Vary, 'Origin'].filter(Boolean).join(', '),
      ...(allowed(origin) && {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': exposed,
      }),
    };
  });

/** The headers of a preflight's answer (Fetch standard, CORS protocol). */
export const preflight = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Modified-Since, Prefer, traceparent',
  'Access-Control-Max-Age': '600',
};

const allowed = (origin: string): boolean => env('ORIGINS').split(',').includes(origin);
