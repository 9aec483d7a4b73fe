import type { Manifest } from '#systems/manifest.ts';

type Wrong = (path: (string | number)[], message: string) => void;
type Answer = NonNullable<Manifest['calls'][string]['answer']>;

/** What a word may mean: in a phase, and in the answer to a query. */
const ofPhase = ['yes', 'no', 'ongoing', 'absent'];
const ofQuery = ['prepared', 'committed', 'rolled-back', 'absent', 'ongoing'];

/** Checks that a manifest says nothing of an answer, or of a batch, that nothing would read. */
export function manifestWords({ adapter, calls, batch }: Manifest, wrong: Wrong): void {
  for (const [phase, call] of Object.entries(calls)) {
    const known = adapter && phase === 'query' ? ofQuery : ofPhase;
    for (const [at, answer] of [
      [['calls', phase, 'answer'], call.answer],
      [['calls', phase, 'batch', 'answer'], call.batch?.answer],
    ] as const) {
      if (answer)
        judgeAnswer(answer, { phase, known, hasBatches: batch !== undefined }, (path, message) =>
          wrong([...at, ...path], message),
        );
    }
    if (call.batch && !batch) wrong(['calls', phase, 'batch'], 'This system takes no batches');
    if (!adapter && call.body !== undefined)
      wrong(['calls', phase, 'body'], 'Nothing sends it: outside of syncs a call has a body of its own');
  }
}

type Around = { phase: string; known: string[]; hasBatches: boolean };

function judgeAnswer(
  { field, means, validUntil, ...named }: Answer,
  { phase, known, hasBatches }: Around,
  wrong: Wrong,
): void {
  for (const [word, meaning] of Object.entries(means ?? {}))
    if (!known.includes(meaning))
      wrong(['means', word], `'${meaning}' is no answer to ${phase}: ${known.join(', ')}`);
  if (means && field === undefined) wrong(['means'], 'Needs "field": where the word is');
  if (field !== undefined && !means) wrong(['field'], 'Needs "means": what its words mean');
  if (validUntil !== undefined && phase !== 'prepare')
    wrong(['validUntil'], 'Only a yes to prepare is valid until a time');
  for (const claim of ['count', 'amount', 'refused'] as const)
    if (named[claim] !== undefined && !hasBatches) wrong([claim], 'This system takes no batches');
}
