import type { BundleReceipt, BundleRow, ResultDocument } from './bundle.ts';

/** An object of results with the number of the row that names it. */
export type Answered = ResultDocument & { seq: number };
type Phase = 'commit' | 'rollback';
/** That something was done: by a receipt that has the item, or by a row of the ledger alone, as `word` says. `seq`: since which row it is known. */
type Proof = { seq: number; receipt?: BundleReceipt; word?: string };
/** What one system has done with one item. `never`: it has said that it never heard of it. `out`: an operator has taken the system out. `totals`: it knows how many there are and their sum, and no single one. */
type Done = { system: string; loaded?: Proof; reversed?: Proof; never?: true; out?: true; totals?: true };

/** Of each system, by its receipts and by its rows. A yes stands for ever, whatever was answered later; what refused may still have done the items that its receipts have. */
export function itemStory(documents: Answered[], rows: BundleRow[], index: number): Done[] {
  const acts = rows.filter(
    ({ system, action, result }) => system !== 'lockstep' && isPhase(action) && result === 'success',
  );
  const answered = documents.flatMap(({ systems }) => systems.map(({ system }) => system));
  return [...new Set([...answered, ...acts.map(({ system }) => system)])].map((system) => {
    const own = acts.filter((row) => row.system === system);
    const [commits, rollbacks] = (['commit', 'rollback'] as const).map((phase) =>
      receiptsOf(documents, { system, phase, index }),
    );
    const loaded = proofOf(commits, own, 'commit', 'first');
    const reversed = proofOf(rollbacks, own, 'rollback', 'last');
    // A rollback that was answered before the yes was known does not count as one of it.
    const counts = reversed && !reversed.receipt?.absent && (!loaded || loaded.seq < reversed.seq);
    return {
      ...{ system, ...(loaded && { loaded }), ...(counts && { reversed }) },
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

type Found = { seq: number; receipt: BundleReceipt };

/** The receipt that has the item: of the last yes, or else of the last answer that has it at all. */
function receiptsOf(
  documents: Answered[],
  { system, phase, index }: { system: string; phase: Phase; index: number },
): Found | undefined {
  const answers = documents
    .filter((document) => document.phase === phase)
    .flatMap(({ seq, systems }) =>
      systems.filter((answer) => answer.system === system).map((answer) => ({ seq, ...answer })),
    );
  const having = answers.flatMap(({ seq, vote, receipts }) => {
    const receipt = receipts.find(({ first, count }) => first <= index && index < first + count);
    return receipt ? [{ seq, vote, receipt }] : [];
  });
  return having.findLast(({ vote }) => vote === 'yes') ?? having.at(-1);
}

/** A yes counts from the row on that first says it; of rollbacks the last counts. */
function proofOf(
  found: Found | undefined,
  own: BundleRow[],
  phase: Phase,
  which: 'first' | 'last',
): Proof | undefined {
  const acts = own.filter(({ action }) => action === phase);
  const act = which === 'first' ? acts[0] : acts.at(-1);
  if (found) return { seq: act?.seq ?? found.seq, receipt: found.receipt };
  return act && { seq: act.seq, word: wordOf(act) };
}

const wordOf = ({ by, detail = '' }: BundleRow): string => {
  if (by?.role === 'system') return 'by its hook';
  return by ? `by the word of an operator, ${by.key}` : detail;
};

/** The story in one sentence, system by system. */
export const storyInWords = (story: Done[]): string =>
  story.map((done) => `${done.system}: ${wordsOf(done)}`).join('; ');

/** Who knows no single item has not loaded this one once: it is among those that were counted. */
const ofItem = { done: 'loaded', undone: 'reversed', times: ' once' };
const ofTotals = { done: 'counted in its totals', undone: 'taken out of them', times: '' };

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
    ...(never ? ['it has never heard of it'] : []),
    ...(out ? ['taken out by an operator'] : []),
  ].join(', ');
}
