import { countingReceipt, isReversed } from '#domain/syncs/item-effect.ts';
import type { ResultDocument } from '#domain/syncs/result-document.ts';
import type { Phase, Receipt } from '#systems/protocol.ts';

export const itemResults = ['pending', 'committed', 'refused', 'reversed', 'released', 'skipped'] as const;
export type ItemResult = (typeof itemResults)[number];

type Answer = ResultDocument['systems'][number];
/** The part of a results object that tells of items. */
export type StoredResult = Pick<ResultDocument, 'phase'> & {
  systems: Pick<Answer, 'system' | 'vote' | 'receipts' | 'refused'>[];
};
/**
 * Outcome of a sync. `skipped`: systems skipped by an operator; `committed` and `back`: systems
 * that confirmed the commit or the rollback, with or without a receipt.
 */
export type SyncOutcome = { state: string; skipped: string[]; committed: string[]; back: string[] };
export type ItemOutcome = { result: ItemResult; reason?: string; receipt?: Receipt & { phase: Phase } };

/**
 * The result of an item at a system: `released` if rolled back before a commit, `reversed` after
 * one. A yes is final, otherwise the last answer with the item counts; built once for all items,
 * so that a lookup is fast.
 */
export function itemResultsOf(told: StoredResult[], { state, skipped, committed, back }: SyncOutcome) {
  const isBack = state === 'rolled_back' || state === 'undone';
  const answersOf = answersIn(told);

  return (system: string, index: number, id: string): ItemOutcome => {
    const receiptOf = (phase: Phase) => {
      const answers = answersOf(phase, system);
      const found = countingReceipt(answers.map((one) => ({ ...one, receipt: one.receipt(index) })));
      return found && { ...found, shown: { receipt: { phase, ...found.receipt } } };
    };
    const [commit, rollback] = [receiptOf('commit'), receiptOf('rollback')];
    const done = commit?.shown;
    const isDone = commit !== undefined || committed.includes(system);
    const doneAt = answersOf('commit', system).find(({ vote }) => vote === 'yes')?.at ?? commit?.at;
    const taken = isReversed(doneAt, rollback) ? rollback?.shown : undefined;
    const reason = (answersOf('commit', system).at(-1) ?? answersOf('prepare', system).at(-1))?.reason(id);
    if (skipped.includes(system)) return { result: 'skipped', ...done };
    if (reason !== undefined && !isDone) return { result: 'refused', reason, ...taken };
    if (taken || isBack || back.includes(system))
      return { result: isDone ? 'reversed' : 'released', ...(taken ?? done) };
    // A commit by an operator's `mark-done` has no receipt.
    return { result: isDone || state === 'committed' ? 'committed' : 'pending', ...done };
  };
}

/** Answers of a system in a phase, in order; `at`: the index of the results object. */
function answersIn(told: StoredResult[]) {
  const all = new Map<string, (ReturnType<typeof indexed> & { at: number })[]>();
  for (const [at, { phase, systems }] of told.entries())
    for (const answer of systems)
      all.set(`${phase} ${answer.system}`, [
        ...(all.get(`${phase} ${answer.system}`) ?? []),
        { at, ...indexed(answer) },
      ]);
  return (phase: Phase, system: string) => all.get(`${phase} ${system}`) ?? [];
}

function indexed({ vote, receipts, refused }: Pick<Answer, 'vote' | 'receipts' | 'refused'>) {
  const sorted = receipts.toSorted((a, b) => a.first - b.first);
  const reasons = new Map(refused.map(({ id, reason }) => [id, reason]));
  return {
    vote,
    reason: (id: string) => reasons.get(id),
    receipt(index: number): Receipt | undefined {
      let [low, high] = [0, sorted.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((sorted[middle] as Receipt).first <= index) low = middle;
        else high = middle - 1;
      }
      const found = sorted[low];
      return found && found.first <= index && index < found.first + found.count ? found : undefined;
    },
  };
}
