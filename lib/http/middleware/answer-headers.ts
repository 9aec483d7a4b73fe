import * as z from 'zod/mini';
import { env } from '#lib/env.ts';
import { type HttpMiddleware, onEveryAnswer, traceparent, versionOf } from '#lib/http/middleware-hooks.ts';

const deprecations = z.record(
  z.string(),
  z.strictObject({ since: z.iso.date(), sunset: z.optional(z.iso.date()) }),
);

/** By the text of the variable, which no function changes: parsed once. */
const parsed = new Map<string, z.output<typeof deprecations>>();
function deprecationsIn(text: string) {
  const known = parsed.get(text) ?? deprecations.parse(JSON.parse(text));
  parsed.set(text, known);
  return known;
}

/**
 * The headers of every answer: API version, request id, trace; for a deprecated version also
 * Deprecation (RFC 9745), Sunset (RFC 8594) and a link to its successor. A path without a version
 * gets the newest.
 */
export const answerHeaders = (): HttpMiddleware =>
  onEveryAnswer((answer, event, requestId) => {
    const versions = env('VERSIONS').split(',');
    const asked = versionOf(event) ?? '';
    const version = versions.includes(asked) ? asked : (versions.at(-1) ?? 'v1');
    answer.headers = {
      ...answer.headers,
      'API-Version': version,
      'X-Request-Id': requestId,
      traceparent: traceparent(event.headers.traceparent),
      ...deprecated(version, versions, event.path, answer.headers?.Link),
    };
  });

/**
 * The same path in another version, relative to the request's: only the gateway knows the prefix,
 * such as the stage.
 */
function relative(path: string, version: string, other: string): string {
  const [, rest = ''] = path.split(`/${version}/`);
  return `${'../'.repeat(rest.split('/').length)}${other}/${rest}`;
}

/** `link`: the answer's other links. */
function deprecated(
  version: string,
  versions: string[],
  path: string,
  link: unknown,
): Record<string, string> {
  const leaving = deprecationsIn(env('DEPRECATED'))[version];
  if (!leaving) return {};
  const successor = versions[versions.indexOf(version) + 1];
  return {
    Deprecation: `@${Date.parse(leaving.since) / 1000}`,
    ...(leaving.sunset && { Sunset: new Date(leaving.sunset).toUTCString() }),
    ...(successor && {
      Link: `${link ? `${link}, ` : ''}<${relative(path, version, successor)}>; rel="successor-version"`,
    }),
  };
}
