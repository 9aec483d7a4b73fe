import { isEnded, type Sync } from '#domain/syncs/sync.ts';
import { syncView } from '#domain/syncs/sync-view.ts';
import type { Clock } from '#lib/clock.ts';
import { untilDone } from '#lib/http/long-poll.ts';
import { replayHeader } from '#lib/http/replay-header.ts';

/**
 * 202 with the rollback token. A repeat gets the same bytes, whatever the sync's state by then;
 * `up` leads from the door to its version's root.
 */
export const acceptedReply = (accepted: { sync: Sync; replayed: boolean }, up: string) => {
  const { syncId, plan } = accepted.sync;
  return {
    status: 202 as const,
    headers: { Location: `${up}syncs/${syncId}`, ...replayHeader(accepted) },
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
 * For `Prefer: wait`: 200 with the sync once it has ended. 202, as without the header, if the wait
 * is over first, or if the sync is parked for an operator.
 */
export async function awaitedReply(
  accepted: { sync: Sync; replayed: boolean },
  up: string,
  { waitSeconds, clock, read }: Waiting,
) {
  const answer = acceptedReply(accepted, up);
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
