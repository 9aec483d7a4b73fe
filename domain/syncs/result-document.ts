import { canonical } from '#lib/ids.ts';
import type { Phase } from '#systems/contract.ts';
import type { Answer } from './fold.ts';
import type { Sync } from './sync.ts';

/** What systems have answered about a batch, slice by slice, and which items they have refused: canonical JSON, so that its digest can be checked by anyone. `by`: who knows no single item says so. */
export function resultDocument({ token, wire, batch, plan }: Sync, phase: Phase, answers: Answer[]): string {
  const { count, amount_minor, digest, root } = batch ?? {};
  return canonical({
    sync_id: token,
    outside_token: wire,
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
