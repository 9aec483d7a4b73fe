import { createHash } from 'node:crypto';
import { chained } from '#domain/syncs/ledger-chain.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import type { Objects } from '#lib/aws/objects.ts';
import { canonical } from '#lib/ids.ts';
import type { Phase } from '#systems/protocol.ts';
import { isDefinite, type ParticipantAnswer } from './answers.ts';
import type { Round, Tools } from './coordinator.ts';

/** What systems have answered about a batch, slice by slice, and which items they have refused: canonical JSON, so that its digest can be checked by anyone. `by`: who knows no single item says so. */
export function newResultDocument(
  { syncId, outsideToken, batch, plan }: Sync,
  phase: Phase,
  answers: ParticipantAnswer[],
): string {
  const { count, amount_minor, digest, root } = batch ?? {};
  return canonical({
    sync_id: syncId,
    outside_token: outsideToken,
    phase,
    batch: { count, amount_minor, digest, root },
    systems: answers.map(({ system, vote, receipts = [], failed = [] }) => ({
      ...{ system, vote: vote.vote, receipts, refused: failed },
      ...(plan.systems.some(({ name, totals }) => name === system && totals) && { by: 'totals' }),
      ...('reason' in vote && { reason: vote.reason }),
      totals: {
        count: receipts.reduce((sum, receipt) => sum + receipt.count, 0),
        amount_minor: receipts.reduce((sum, receipt) => sum + receipt.amount_minor, 0),
      },
    })),
  });
}

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

/** Puts what was answered about a batch into an object of its own: its name is its digest, so the same answers kept twice are there once. */
export const keepResultOn =
  ({ objects }: { objects: Pick<Objects, 'putObject'> }): Tools['keepResult'] =>
  async (sync, phase, answers) => {
    const text = newResultDocument(sync, phase, answers);
    const digest = createHash('sha256').update(text).digest('hex');
    const key = `results/${sync.tenant}/${sync.outsideToken}/${phase}-${digest.slice(0, 16)}.json`;
    await objects.putObject(key, text, 'application/json');
    return { phase, key, digest };
  };
