import { countingReceipt, isReversed } from '#domain/syncs/item-effect.ts';
import type { ResultDocument } from '#domain/syncs/result-document.ts';
import type { Receipt } from '#systems/protocol.ts';
import type { BundleRow } from './bundle.ts';

/** A results object with the number of the row that names it. */
export type Answered = ResultDocument & { seq: number };
type Phase = 'commit' | 'rollback';
/**
 * Proof of an effect: a receipt with the item, or only a row, in its `word`. `at`: the number of
 * the first row that has it.
 */
type Proof = { at: number; receipt?: Receipt; word?: string };
/**
 * One system's effects on an item. `never`: it answered `absent`; `out`: an operator skipped it;
 * `totals`: it knows totals only.
 */
type Done = { system: string; loaded?: Proof; reversed?: Proof; never?: true; out?: true; totals?: true };

/**
 * The story of an item at each system, from receipts and rows. A yes is final; a system that
 * refused may still have done the items of its receipts.
 */
export function itemStory(documents: Answered[], rows: BundleRow[], index: number): Done[] {
  const acts = rows.filter(
    ({ system, action, result }) => system !== 'lockstep' && isPhase(action) && result === 'success',
  );
  const answered = documents.flatMap(({ systems }) => systems.map(({ system }) => system));
  return [...new Set([...answered, ...acts.map(({ system }) => system)])].map((system) => {
    const own = acts.filter((row) => row.system === system);
    const [commits, rollbacks] = (['commit', 'rollback'] as const).map((phase) =>
      receiptOf(documents, { system, phase, index }),
    );
    const loaded = proofOf(commits, own, 'commit', 'first');
    const reversed = proofOf(rollbacks, own, 'rollback', 'last');
    return {
      ...{ system, ...(loaded && { loaded }) },
      ...(reversed && isReversed(loaded?.at, reversed) && { reversed }),
      ...(reversed?.receipt?.absent && { never: true as const }),
      ...(rows.some((row) => row.system === system && row.action === 'operator.skip') && {
        out: true as const,
      }),
      ...(documents.some(({ systems }) =>
        systems.some((one) => one.system === system && one.by === 'totals'),
      ) && {
        totals: true as const,
      }),
    };
  });
}

const isPhase = (action: string): action is Phase => action === 'commit' || action === 'rollback';

/** The receipt with the item that counts in a phase. */
function receiptOf(
  documents: Answered[],
  { system, phase, index }: { system: string; phase: Phase; index: number },
): { at: number; receipt: Receipt } | undefined {
  const has = ({ first, count }: Receipt) => first <= index && index < first + count;
  const answers = documents
    .filter((document) => document.phase === phase)
    .flatMap(({ seq, systems }) =>
      systems
        .filter((answer) => answer.system === system)
        .map(({ vote, receipts }) => ({ at: seq, vote, receipt: receipts.find(has) })),
    );
  return countingReceipt(answers);
}

/** A yes counts from its first row; for rollbacks the last one counts. */
function proofOf(
  found: ReturnType<typeof receiptOf>,
  own: BundleRow[],
  phase: Phase,
  which: 'first' | 'last',
): Proof | undefined {
  const acts = own.filter(({ action }) => action === phase);
  const act = which === 'first' ? acts[0] : acts.at(-1);
  if (found) return { at: act?.seq ?? found.at, receipt: found.receipt };
  return act && { at: act.seq, word: wordOf(act) };
}

const wordOf = ({ by, detail = '' }: BundleRow): string => {
  if (by?.role === 'system') return 'by its hook';
  return by ? `by an operator, key ${by.key}` : detail;
};

/** The story in one sentence, system by system. */
export const storyInWords = (story: Done[]): string =>
  story.map((done) => `${done.system}: ${wordsOf(done)}`).join('; ');

/** A system with totals only has no item: this one is part of its count. */
const ofItem = { done: 'loaded', undone: 'reversed', times: ' once' };
const ofTotals = { done: 'counted in its totals', undone: 'removed from them', times: '' };

function wordsOf({ loaded, reversed, never, out, totals }: Done): string {
  const words = totals ? ofTotals : ofItem;
  const times = (what: string, { receipt, word }: Proof) =>
    receipt ? `${what}${words.times}` : `${what} without a receipt${word ? ` (${word})` : ''}`;
  const undone = loaded
    ? reversed
      ? times(words.undone, reversed)
      : `not ${words.undone}`
    : reversed && times('released', reversed);
  return [
    loaded ? times(words.done, loaded) : `not ${words.done}`,
    ...(undone ? [undone] : []),
    ...(never ? ['it has no record of it'] : []),
    ...(out ? ['skipped by an operator'] : []),
  ].join(', ');
}
