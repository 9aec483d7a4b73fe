import type { APIGatewayProxyResult } from 'aws-lambda';
import type { HttpMiddleware } from '#lib/http/middleware-hooks.ts';
import { Problem } from '#lib/problem.ts';

/**
 * Errors as RFC 9457 problems. Only a Problem's own text is sent; any other error becomes
 * `internal`, or `unavailable` if AWS was unreachable, with the request id and nothing else.
 */
export const problemJson = (): HttpMiddleware => ({
  onError: (request) => {
    const problem = request.error instanceof Problem ? request.error : unknown(request.error);
    request.response = problemAnswer(problem, request.context.awsRequestId);
  },
});

export function problemAnswer(problem: Problem, requestId: string): APIGatewayProxyResult {
  const { code, status, title, extras } = problem;
  const { detail, errors, retryAfter } = extras;
  const body = {
    type: `urn:problem-type:lockstep:${code}`,
    title,
    status,
    code,
    ...(detail && { detail }),
    instance: `urn:request:${requestId}`,
    ...(errors && { errors }),
  };
  return {
    statusCode: status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(retryAfter !== undefined && { 'Retry-After': String(Math.max(1, Math.ceil(retryAfter))) }),
      ...(code === 'unauthenticated' && { 'WWW-Authenticate': 'Bearer realm="lockstep"' }),
    },
    body: JSON.stringify(body),
  };
}

type SdkError = Error & { $metadata?: { httpStatusCode?: number }; $retryable?: object };

/**
 * The AWS SDK marks its errors with `$metadata`. An error of the client's side (a missing grant,
 * say) is a bug of ours, any other an outage of the service.
 */
function unknown(error: unknown): Problem {
  const { $metadata, $retryable, name } = (error ?? {}) as SdkError;
  const away =
    name === 'TimeoutError' ||
    ($metadata &&
      ($retryable ||
        ($metadata.httpStatusCode ?? 500) >= 500 ||
        /Throttl|Throughput|LimitExceeded/.test(name)));
  return away
    ? new Problem('unavailable', { retryAfter: 1, cause: error })
    : new Problem('internal', { cause: error });
}
