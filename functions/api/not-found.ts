import { env } from '#lib/env.ts';
import { preflight } from '#lib/http/middleware/cors.ts';
import { nowhereDoor } from '#lib/http/open-door.ts';
import { Problem } from '#lib/problem.ts';

/** Answers every path that is no route: a preflight with CORS headers, others with 404. */
export const handler = nowhereDoor(({ event }) => {
  if (event.httpMethod === 'OPTIONS') return { status: 204, headers: preflight };
  const versions = env('VERSIONS')
    .split(',')
    .map((version) => `/api/${version}`);
  throw new Problem('route-not-found', {
    detail: `No ${event.httpMethod} here. There are ${versions.join(' and ')}.`,
  });
});
