import type { Clock } from '#lib/clock.ts';
import { untilDone } from '#lib/long-poll.ts';
import { acceptedAnswer } from './accepted-answer.ts';
import { isEnded, type Sync } from './sync.ts';
import { syncView } from './sync-view.ts';

type Waiting = { waitSeconds: number | undefined; clock: Clock; read: () => Promise<Sync> };

/**
 * For a caller who would rather wait (`Prefer: wait`): 200 with the sync as soon as it has ended. 202 as to everybody else when the wait is over before, or when
 * the sync waits for a person, which no caller can sit out.
 */
export async function awaitedAnswer(
  accepted: { sync: Sync; replayed: boolean },
  up: string,
  { waitSeconds, clock, read }: Waiting,
) {
  const answer = acceptedAnswer(accepted, up);
  if (waitSeconds === undefined) return answer;
  const sync = await untilDone(waitSeconds, clock, read, (now) => isEnded(now) || now.state === 'parked');
  if (!isEnded(sync)) return answer;
  const headers = {
    ...answer.headers,
    'Content-Location': answer.headers.Location,
    'Preference-Applied': `wait=${waitSeconds}`,
  };
  return { status: 200, etag: sync.v, headers, body: syncView(sync) };
}
