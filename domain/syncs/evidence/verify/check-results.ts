import type { ResultDocument } from '#domain/syncs/result-document.ts';
import type { Receipt } from '#systems/protocol.ts';
import { type EvidenceCheck, Fault } from './fault.ts';
import { counted, numbered } from './plain-counts.ts';
import { readResults } from './read-results.ts';

type Answered = ResultDocument['systems'][number];
type Totals = { count: number; amount_minor: number };

/**
 * The batch is the accepted one, and the results are complete: each item in one receipt, with
 * matching totals.
 */
export const checkResults: EvidenceCheck = (bundle) => {
  const { batch, rows } = bundle;
  const accept = rows.find(({ action }) => action === 'accept');
  if (!batch) {
    if (accept?.batch) throw new Fault('the batch was dropped: row 1 (lockstep accept) names one');
    return undefined;
  }
  if (
    accept?.batch?.root !== batch.root ||
    accept.batch.count !== batch.count ||
    accept.batch.amount_minor !== batch.amount_minor
  )
    throw new Fault(
      'the batch was exchanged: its root or its totals are not those of row 1 (lockstep accept)',
    );
  const documents = readResults(bundle, batch);
  let receipts = 0;
  for (const { phase, systems } of documents) {
    for (const answered of systems) {
      checkReceipts(phase, answered, batch);
      receipts += answered.receipts.length;
    }
  }
  const whole = 'no item twice in one, and all items in each that says yes';
  return `${counted(batch.count, 'item')}, ${numbered(batch.amount_minor)} in all; ${counted(documents.length, 'result')} with ${counted(receipts, 'receipt')}: ${whole}${without(documents)}`;
};

/** A rollback may have no receipt: its yes proves nothing about a single item. */
function without(documents: ResultDocument[]): string {
  const bare = documents.flatMap(({ phase, systems }) =>
    systems
      .filter(({ vote, receipts }) => vote === 'yes' && receipts.length === 0)
      .map(({ system }) => `${system}'s ${phase}`),
  );
  return bare.length > 0 ? `, but ${bare.join(' and ')} without a receipt` : '';
}

/**
 * A yes covers the whole batch. A refusal may stop halfway: its receipts may leave gaps, but must
 * not overlap.
 */
function checkReceipts(phase: string, { system, vote, receipts, totals }: Answered, batch: Totals): void {
  const inOrder = receipts.toSorted((one, other) => one.first - other.first);
  const words = ({ chunk }: Receipt) => `receipt ${chunk} of ${system}'s ${phase}`;
  let next = 0;
  for (const receipt of inOrder) {
    if (receipt.first < next)
      throw new Fault(
        `${words(receipt)} covers items that another receipt has: from ${numbered(receipt.first + 1)}, not from ${numbered(next + 1)}`,
      );
    if (receipt.first > next && vote === 'yes')
      throw new Fault(
        `${words(receipt)} leaves a gap: items ${numbered(next + 1)} to ${numbered(receipt.first)} are in none`,
      );
    next = receipt.first + receipt.count;
    if (next > batch.count)
      throw new Fault(`${words(receipt)} goes beyond the batch of ${numbered(batch.count)}`);
  }
  const sum = (name: keyof Totals) => receipts.reduce((total, receipt) => total + receipt[name], 0);
  if (sum('count') !== totals.count || sum('amount_minor') !== totals.amount_minor)
    throw new Fault(`the receipts of ${system}'s ${phase} do not come to its totals`);
  // A rollback may be a yes without a receipt: there was nothing to roll back.
  if (vote !== 'yes' || (phase === 'rollback' && receipts.length === 0)) return;
  if (totals.count !== batch.count || totals.amount_minor !== batch.amount_minor)
    throw new Fault(
      `${system}'s ${phase} comes to ${counted(totals.count, 'item')} and ${numbered(totals.amount_minor)}, not to ${numbered(batch.count)} and ${numbered(batch.amount_minor)}`,
    );
}
