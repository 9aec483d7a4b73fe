import { isEnded, type Sync } from '#domain/syncs/sync.ts';
import { syncView } from '#domain/syncs/sync-view.ts';
import type { Clock } from '#lib/clock.ts';
import { untilDone } from '#lib/http/long-poll.ts';
import { replayed } from '#lib/http/replayed.ts';

/** 202 and the token that undoes it. A repeat is told the same, byte for byte, whatever has become of the sync by then. `up` leads from the door to its version's root. */
export const acceptedTold = (accepted: { sync: Sync; replayed: boolean }, up: string) => {
  const { syncId, plan } = accepted.sync;
  return {
    status: 202 as const,
    headers: { Location: `${up}syncs/${syncId}`, ...replayed(accepted) },
    body: {
      status: 'accepted',
      sync_id: syncId,
      rollback_token: syncId,
      grade: plan.grade,
      grade_reason: plan.gradeReason,
    },
  };
};

type Waiting = { waitSeconds: number | undefined; clock: Clock; read: () => Promise<Sync> };

/**
 * For a caller who would rather wait (`Prefer: wait`): 200 with the sync as soon as it has ended. 202 as to everybody else when the wait is over before, or when
 * the sync waits for a person, which no caller can sit out.
 */
export async function awaitedTold(
  accepted: { sync: Sync; replayed: boolean },
  up: string,
  { waitSeconds, clock, read }: Waiting,
) {
  const answer = acceptedTold(accepted, up);
  if (waitSeconds === undefined) return answer;
  const sync = await untilDone(waitSeconds, clock, read, (now) => isEnded(now) || now.state === 'parked');
  if (!isEnded(sync)) return answer;
  const headers = {
    ...answer.headers,
    'Content-Location': answer.headers.Location,
    'Preference-Applied': `wait=${waitSeconds}`,
  };
  return { status: 200 as const, etag: sync.v, headers, body: syncView(sync) };
}
