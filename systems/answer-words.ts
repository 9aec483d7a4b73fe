import type * as z from 'zod';

type Answer = {
  field?: string | undefined;
  means?: Record<string, string> | undefined;
  validUntil?: string | undefined;
  count?: string | undefined;
  amount?: string | undefined;
  refused?: string | undefined;
};
type Claims = {
  adapter?: string | undefined;
  calls: Record<
    string,
    { answer?: Answer | undefined; batch?: { answer?: Answer | undefined } | undefined; body?: unknown }
  >;
  batch?: object | undefined;
};

/** What a word may mean: in a phase, and in the answer to a query. */
const ofPhase = ['yes', 'no', 'ongoing', 'absent'];
const ofQuery = ['prepared', 'committed', 'rolled-back', 'absent', 'ongoing'];

/** Checks that a manifest says nothing of an answer, or of a batch, that nothing would read. */
export function answerWords({ adapter, calls, batch }: Claims, context: z.RefinementCtx): void {
  const wrong = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  const judge = (at: string[], phase: string, answer: Answer | undefined) => {
    const known = phase === 'query' ? ofQuery : ofPhase;
    for (const [word, meaning] of Object.entries(answer?.means ?? {}))
      if (adapter && !known.includes(meaning))
        wrong([...at, 'means', word], `'${meaning}' is no answer to ${phase}: ${known.join(', ')}`);
    if (answer?.means && answer.field === undefined)
      wrong([...at, 'means'], 'Needs "field": where the word is');
    if (answer?.field !== undefined && !answer.means)
      wrong([...at, 'field'], 'Needs "means": what its words mean');
    if (answer?.validUntil !== undefined && phase !== 'prepare')
      wrong([...at, 'validUntil'], 'Only a yes to prepare is valid until a time');
    for (const claim of ['count', 'amount', 'refused'] as const)
      if (answer?.[claim] !== undefined && !batch) wrong([...at, claim], 'This system takes no batches');
  };
  for (const [phase, call] of Object.entries(calls)) {
    judge(['calls', phase, 'answer'], phase, call.answer);
    judge(['calls', phase, 'batch', 'answer'], phase, call.batch?.answer);
    if (call.batch && !batch) wrong(['calls', phase, 'batch'], 'This system takes no batches');
    if (!adapter && call.body !== undefined)
      wrong(['calls', phase, 'body'], 'Nothing sends it: outside of syncs a call has a body of its own');
  }
}
