import { replayed } from '#lib/replayed.ts';
import type { Sync } from './sync.ts';

/** 202 and the token that undoes it. A repeat is told the same, byte for byte, whatever has become of the sync by then. `up` leads from the door to its version's root. */
export const acceptedAnswer = (accepted: { sync: Sync; replayed: boolean }, up: string) => {
  const { token, plan } = accepted.sync;
  return {
    status: 202,
    headers: { Location: `${up}syncs/${token}`, ...replayed(accepted) },
    body: {
      status: 'accepted',
      sync_id: token,
      rollback_token: token,
      grade: plan.grade,
      grade_reason: plan.gradeReason,
    },
  };
};
