import { setTimeout as pause } from 'node:timers/promises';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Clock } from '#lib/clock.ts';
import { setting } from '#lib/env.ts';
import { entityTag, unchanged } from './preconditions.ts';

const everyMs = 500;

/**
 * Long polling on an ETag: reads again until the ETag is not in the caller's If-None-Match, or the
 * wait is over, and answers with the last read. Without If-None-Match it answers at once.
 */
export async function untilNew<const T extends { etag: string | number }>(
  event: APIGatewayProxyEvent,
  waitSeconds: number,
  clock: Clock,
  read: () => Promise<T>,
): Promise<T> {
  return untilDone(
    allowedWait(waitSeconds),
    clock,
    read,
    (told) => !unchanged(event, entityTag(told.etag), undefined),
  );
}

/** The caller's wait, limited to the longest that an answer may take. */
export const allowedWait = (waitSeconds: number): number =>
  Math.min(waitSeconds, setting('MAX_WAIT_SECONDS'));

/** Reads again until the value is done, or the wait is over, and answers with the last read. */
export async function untilDone<T>(
  waitSeconds: number,
  clock: Clock,
  read: () => Promise<T>,
  isDone: (found: T) => boolean,
): Promise<T> {
  const until = clock.now() + waitSeconds * 1000;
  for (;;) {
    const found = await read();
    if (isDone(found) || clock.now() + everyMs > until) return found;
    await pause(everyMs);
  }
}
