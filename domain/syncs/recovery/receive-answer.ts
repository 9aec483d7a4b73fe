import { learnt } from '#domain/syncs/decide.ts';
import { fold, isDefinite, itsHook } from '#domain/syncs/fold.ts';
import { isUnheard } from '#domain/syncs/reverse.ts';
import { isEnded, type Limits, partOf, type Sync } from '#domain/syncs/sync.ts';
import type { Change, Syncs } from '#domain/syncs/syncs.ts';
import { woken } from '#domain/syncs/turn.ts';
import type { Clock } from '#lib/clock.ts';
import { Problem } from '#lib/problem.ts';
import { type Phase, phases } from '#systems/contract.ts';

export { phases };

/** A system's late answer. `wire` is the token that it was called with. */
export type ReceiveAnswer = {
  tenant: string;
  wire: string;
  system: string;
  phase: Phase;
  yes: boolean;
  reason?: string | undefined;
  validUntil?: number | undefined;
};
/** What a hook says, in its own words. `event_id` is the token that the system was called with. */
type HookAnswer = Pick<ReceiveAnswer, 'tenant' | 'system' | 'phase' | 'reason'> & {
  event_id: string;
  result: 'yes' | 'no';
  valid_until?: string | undefined;
};
export const answerFromHook = ({
  event_id: wire,
  result,
  valid_until,
  ...said
}: HookAnswer): ReceiveAnswer => ({
  ...said,
  wire,
  yes: result === 'yes',
  validUntil: valid_until ? Date.parse(valid_until) : undefined,
});
type Tools = { syncs: Syncs; clock: Clock; limits: Limits };

/** Takes a late answer in: what was asked is answered, once; the sync goes on at once with what it says. The same again changes nothing. */
export async function receiveAnswer(
  said: ReceiveAnswer,
  { syncs, clock, limits }: Tools,
): Promise<'heard' | 'known'> {
  const sync = await syncs.read(said.tenant, said.wire);
  const known = sync?.plan.systems.some(({ name }) => name === said.system);
  if (!sync || !known)
    throw new Problem('not-found', { detail: 'This system was not asked about such a token.' });
  const written = await syncs.change(sync, 'hear', (now) => heard(now, said, clock.now(), limits));
  return written.v > sync.v ? 'heard' : 'known';
}

/** The reducer. Refuses what was never asked, and what contradicts an answer that stands. */
export function heard(
  sync: Sync,
  { system, phase, yes, reason, validUntil }: ReceiveAnswer,
  at: number,
  limits: Limits,
): Change {
  const { intent, [phase]: before } = partOf(sync, system);
  const word = yes ? 'yes' : 'no';
  const planned = sync.plan.systems.find(({ name }) => name === system);
  // Once it is decided, who seems never to have been asked may have been, by somebody who died before he could write it down.
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
