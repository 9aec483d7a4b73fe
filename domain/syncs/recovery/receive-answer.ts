import { fold, isDefinite, itsHook } from '#domain/syncs/saga/answers.ts';
import { learnt } from '#domain/syncs/saga/decision.ts';
import { isUnheard } from '#domain/syncs/saga/rollback.ts';
import { woken } from '#domain/syncs/saga/transitions.ts';
import { isEnded, type Limits, partOf, type Sync } from '#domain/syncs/sync.ts';
import type { Change, Syncs } from '#domain/syncs/syncs.ts';
import type { Clock } from '#lib/clock.ts';
import { Problem } from '#lib/problem.ts';
import { type Phase, phases } from '#systems/protocol.ts';

export { phases };

/** A system's late answer. `outsideToken` is the one that the system was called with. */
export type ReceiveAnswer = {
  tenant: string;
  outsideToken: string;
  system: string;
  phase: Phase;
  yes: boolean;
  reason?: string | undefined;
  validUntil?: number | undefined;
};
/** The body of a hook call. `event_id` is the outside token that the system was called with. */
type HookAnswer = Pick<ReceiveAnswer, 'tenant' | 'system' | 'phase' | 'reason'> & {
  event_id: string;
  result: 'yes' | 'no';
  valid_until?: number | undefined;
};
export const answerFromHook = ({
  event_id: outsideToken,
  result,
  valid_until: validUntil,
  ...said
}: HookAnswer): ReceiveAnswer => ({
  ...said,
  outsideToken,
  yes: result === 'yes',
  validUntil,
});
type Tools = { syncs: Syncs; clock: Clock; limits: Limits };

/**
 * Records a late answer as the vote of its phase, once, and continues the sync. A repeat changes
 * nothing.
 */
export async function receiveAnswer(
  said: ReceiveAnswer,
  { syncs, clock, limits }: Tools,
): Promise<'heard' | 'known'> {
  const sync = await syncs.read(said.tenant, said.outsideToken);
  const known = sync?.plan.systems.some(({ name }) => name === said.system);
  if (!sync || !known)
    throw new Problem('not-found', { detail: 'This system was not asked about such a token.' });
  const written = await syncs.change(sync, 'hear', (now) => afterAnswer(now, said, clock.now(), limits));
  return written.v > sync.v ? 'heard' : 'known';
}

/** The reducer. Refuses an answer to a call never made, and one that contradicts a final vote. */
export function afterAnswer(
  sync: Sync,
  { system, phase, yes, reason, validUntil }: ReceiveAnswer,
  at: number,
  limits: Limits,
): Change {
  const { intent, [phase]: before } = partOf(sync, system);
  const word = yes ? 'yes' : 'no';
  const planned = sync.plan.systems.find(({ name }) => name === system);
  // After the decision, a system without a recorded call may have been called by a crashed
  // execution.
  const unheard = sync.decision !== undefined && planned !== undefined && isUnheard(sync, planned);
  if (!before && intent?.phase !== phase && !unheard)
    throw new Problem('action-not-safe', {
      detail: `${system} has not been asked to ${phase}, or only this moment.`,
      retryAfter: 2,
    });
  if (isDefinite(before) && before?.vote === word) return undefined;
  if (before?.vote === 'yes' || (before?.vote === 'no' && phase === 'prepare'))
    throw new Problem('answer-contradicts', { detail: `${system} has said ${before.vote} to ${phase}.` });
  const vote = yes
    ? { vote: 'yes' as const, ...(validUntil && { validUntil }) }
    : { vote: 'no' as const, reason: reason ?? 'refused' };
  const known = fold(sync, [{ system, phase, vote, at, by: itsHook }], at);
  return isEnded(known)
    ? learnt(sync, known, at, limits)
    : woken(known, known.epoch, `${system} has answered`, at, limits);
}
