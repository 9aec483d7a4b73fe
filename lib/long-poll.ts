import { setTimeout as pause } from 'node:timers/promises';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Clock } from './clock.ts';
import { setting } from './env.ts';
import { strong, unchanged } from './preconditions.ts';

const everyMs = 500;

/**
 * Long polling on an ETag: reads again until what is there is not what the caller's If-None-Match names, or the wait is over, and answers what was read last.
 * A caller who names nothing has the answer at once.
 */
export async function untilNew<T extends { etag: string | number }>(
  event: APIGatewayProxyEvent,
  waitSeconds: number,
  clock: Clock,
  read: () => Promise<T>,
): Promise<T> {
  const until = clock.now() + Math.min(waitSeconds, setting('MAX_WAIT_SECONDS')) * 1000;
  for (;;) {
    const told = await read();
    if (!unchanged(event, strong(told.etag), undefined) || clock.now() + everyMs > until) return told;
    await pause(everyMs);
  }
}
