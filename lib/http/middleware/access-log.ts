import { counted } from '#lib/aws/aws-calls.ts';
import { systemClock } from '#lib/clock.ts';
import type { HttpMiddleware } from '#lib/http/middleware-hooks.ts';
import { logger } from '#lib/logger.ts';

/** One log line per call: request, status and correlation id. Never a header, never a payload. */
export const accessLog = (): HttpMiddleware => {
  const begun = new WeakMap<object, number>();
  const write: NonNullable<HttpMiddleware['after']> = ({ event, context, response, error }) => {
    const ms = systemClock.now() - (begun.get(event) ?? systemClock.now());
    const line = { requestId: context.awsRequestId, status: response?.statusCode, ms, ...counted() };
    const words = `${event.httpMethod} ${event.resource}`;
    if (response && response.statusCode < 500) return logger().info(words, line);
    logger().error(words, { ...line, ...(error && { error: chain(error) }) });
  };
  return {
    before: ({ event }) => {
      begun.set(event, systemClock.now());
    },
    after: write,
    onError: write,
  };
};

/** Names and messages of an error and its causes: our words and AWS's, never a caller's. */
const chain = (error: Error): string =>
  `${error.name}: ${error.message}${error.cause instanceof Error ? ` < ${chain(error.cause)}` : ''}`;
