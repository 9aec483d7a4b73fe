import { createHash } from 'node:crypto';
import { chained } from '#domain/syncs/ledger-chain.ts';
import { isDefinite, type Sync } from '#domain/syncs/sync.ts';
import type { Objects } from '#lib/aws/objects.ts';
import { canonical } from '#lib/ids.ts';
import type { Phase } from '#systems/protocol.ts';
import type { ParticipantAnswer } from './answers.ts';
import type { Round, Tools } from './coordinator.ts';
import type { SagaPhase } from './phase.ts';

/**
 * Receipts and refused items of a batch as canonical JSON, so that its digest can be recomputed.
 * `by` marks a system that knows totals only.
 */
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
 * Stores batch results before the write that counts them: a crash in between leaves only an
 * unreferenced object. A yes without an effect is not stored; returns the change that adds the
 * digest to the ledger.
 */
export async function keepResults(
  { sync, answers }: Round,
  { name: phase, keepsReceipts }: SagaPhase,
  { keepResult }: Pick<Tools, 'keepResult'>,
): Promise<(sync: Sync) => Sync> {
  // A yes without receipts adds nothing to store.
  const told = answers.filter(
    ({ vote, receipts = [] }) => isDefinite(vote) && (vote.vote === 'no' || receipts.length > 0),
  );
  const telling = told.filter(({ vote }) => keepsReceipts || vote.vote === 'no');
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

/** Stores results under their digest, so that storing the same answers twice leaves one object. */
export const keepResultOn =
  ({ objects }: { objects: Pick<Objects, 'putObject'> }): Tools['keepResult'] =>
  async (sync, phase, answers) => {
    const text = newResultDocument(sync, phase, answers);
    const digest = createHash('sha256').update(text).digest('hex');
    const key = `results/${sync.tenant}/${sync.outsideToken}/${phase}-${digest.slice(0, 16)}.json`;
    await objects.putObject(key, text, 'application/json');
    return { phase, key, digest };
  };
