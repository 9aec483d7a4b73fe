import type { Chunk, Phase, Receipt, Refused, Totals, Vote } from '#systems/protocol.ts';

/**
 * What has come of the chunks of one phase, as far as they were asked about: one vote, and the items that were refused. `committed`: of a rollback, the
 * receipts of the commit, as far as any were kept.
 */
export function chunkVotes(phase: Phase, committed: Receipt[] = []) {
  const had = new Set(committed.map(({ chunk }) => chunk));
  let [refusal, doubt, work]: (Vote | undefined)[] = [];
  let [absent, answered, validUntil] = [0, 0, Number.POSITIVE_INFINITY];
  const refused: Refused[] = [];

  return {
    refused,
    /** Nothing more is asked once one chunk was not done. */
    stopped: () => refusal !== undefined || doubt !== undefined || work !== undefined,
    /** Whether this chunk is done. What they say they have of it must be what they were sent. */
    add({ index, count, amount_minor }: Chunk, said: Vote): boolean {
      const vote = forgotten(had.has(index), agreed(phase, said, { count, amount_minor }));
      if (vote.vote === 'no' && vote.absent && phase === 'rollback') {
        absent += 1;
        answered += 1;
        return true;
      }
      if (vote.vote === 'no') {
        refused.push(...(vote.items ?? []));
        refusal ??= vote;
      } else if (vote.vote === 'unknown') doubt ??= vote;
      else if (vote.vote === 'ongoing') work ??= vote;
      else {
        answered += 1;
        validUntil = Math.min(validUntil, vote.validUntil ?? Number.POSITIVE_INFINITY);
      }
      return vote.vote === 'yes';
    },
    /** A receipt from before stands for what was said then. */
    again({ validUntil: until, absent: never }: { validUntil?: number; absent?: true }): void {
      answered += 1;
      absent += never ? 1 : 0;
      validUntil = Math.min(validUntil, until ?? Number.POSITIVE_INFINITY);
    },
    /** What it comes to where nothing is left to ask. A refusal outweighs doubt: it is definite, and what is in doubt is rolled back with the rest. */
    vote(totals: Totals): Vote {
      if (refusal)
        return { ...refusal, ...(refused.length > 0 && { reason: named(refused), items: refused }) } as Vote;
      const open = doubt ?? work;
      if (open) return open;
      // A part that they never heard of is for whoever knows whether it was ever done there.
      if (absent > 0)
        return {
          vote: 'no',
          reason: absent === answered ? 'never heard of it' : 'never heard of a part of it',
          absent: true,
        };
      return { vote: 'yes', totals, ...(validUntil !== Number.POSITIVE_INFINITY && { validUntil }) };
    },
  };
}

/** Who has said that he did it, and has never heard of it now, has not rolled it back: a person must look. */
const forgotten = (had: boolean, vote: Vote): Vote =>
  had && vote.vote === 'no' && vote.absent
    ? { vote: 'no', reason: 'committed a part of it, and has never heard of it now' }
    : vote;

/** Other totals than were sent are a reason to refuse as long as nothing is done; afterwards nobody knows what was. */
export function agreed(phase: Phase, said: Vote, expected: Totals): Vote {
  if (said.vote !== 'yes' || !said.totals) return said;
  const { count, amount_minor } = said.totals;
  if (count === expected.count && amount_minor === expected.amount_minor) return said;
  const reason = `says ${count} items and a sum of ${amount_minor}, was sent ${expected.count} and ${expected.amount_minor}`;
  return phase === 'prepare' ? { vote: 'no', reason } : { vote: 'unknown', reason, sent: true };
}

const named = ([first, ...rest]: Refused[]): string =>
  `refuses item ${first?.id}: ${first?.reason}${rest.length > 0 ? `, and ${rest.length} more` : ''}`;
