import type { Phase } from '#systems/contract.ts';
import type { Round, Tools } from './conduct.ts';
import { isDefinite } from './fold.ts';
import { chained } from './rows.ts';
import type { Sync } from './sync.ts';

/**
 * Keeps what systems have answered about a batch item by item, before the write that counts it: whoever dies in between leaves an object that nothing names.
 * What a batch only prepares is worth keeping where it is refused. Answers the change that names the object and puts its digest into the ledger.
 */
export async function keepResults(
  { sync, answers }: Round,
  phase: Phase,
  { keepResult }: Pick<Tools, 'keepResult'>,
): Promise<(sync: Sync) => Sync> {
  // A yes without receipts does not count either.
  const told = answers.filter(
    ({ vote, receipts = [] }) => isDefinite(vote) && (vote.vote === 'no' || receipts.length > 0),
  );
  const telling = told.filter(({ vote }) => phase !== 'prepare' || vote.vote === 'no');
  const legs = answers.some(({ vote }) => vote.vote === 'ongoing' && vote.more) ? 1 : 0;
  if (!sync.batch) return (now) => now;
  const counted = (now: Sync): Sync => (legs === 0 ? now : { ...now, legs: (now.legs ?? 0) + legs });
  if (telling.length === 0) return counted;
  const result = await keepResult(sync, phase, telling);
  const at = telling[0]?.at ?? sync.acceptedAt;
  return (now) =>
    chained<Sync>({ ...counted(now), results: [...(now.results ?? []), result] }, at, [
      { system: 'lockstep', action: 'results', result: phase, object: result.digest },
    ]);
}
