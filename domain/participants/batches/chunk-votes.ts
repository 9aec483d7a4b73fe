import type { Chunk, Phase, Receipt, Refused, Totals, Vote } from '#systems/protocol.ts';

/**
 * Folds the chunks called in one phase into one vote and the refused items. `committed`: for a
 * rollback, the receipts of the commit.
 */
export function chunkVotes(phase: Phase, committed: Receipt[] = []) {
  const had = new Set(committed.map(({ chunk }) => chunk));
  let [refusal, doubt, work]: (Vote | undefined)[] = [];
  let [absent, answered, validUntil] = [0, 0, Number.POSITIVE_INFINITY];
  const refused: Refused[] = [];

  return {
    refused,
    /** Calling stops at the first chunk that is not done. */
    stopped: () => refusal !== undefined || doubt !== undefined || work !== undefined,
    /** Whether this chunk is done. The totals in the answer must match those sent. */
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
    /** Counts a stored receipt as the answer that it was. */
    again({ validUntil: until, absent: never }: { validUntil?: number; absent?: true }): void {
      answered += 1;
      absent += never ? 1 : 0;
      validUntil = Math.min(validUntil, until ?? Number.POSITIVE_INFINITY);
    },
    /**
     * The vote once every chunk is answered. A refusal outweighs an unknown: it is definite, and
     * the rollback covers the unknown too.
     */
    vote(totals: Totals): Vote {
      if (refusal)
        return { ...refusal, ...(refused.length > 0 && { reason: named(refused), items: refused }) } as Vote;
      const open = doubt ?? work;
      if (open) return open;
      // `absent` chunks are left to the caller, which knows whether they were committed.
      if (absent > 0)
        return {
          vote: 'no',
          reason:
            absent === answered ? 'it has no record of this sync' : 'it has no record of a part of the batch',
          absent: true,
        };
      return { vote: 'yes', totals, ...(validUntil !== Number.POSITIVE_INFINITY && { validUntil }) };
    },
  };
}

/**
 * `absent` to a rollback from a system with a commit receipt is not a rollback: it is refused, for
 * an operator to look at.
 */
const forgotten = (had: boolean, vote: Vote): Vote =>
  had && vote.vote === 'no' && vote.absent
    ? { vote: 'no', reason: 'it committed a part of the batch, and has no record of it now' }
    : vote;

/** Other totals than those sent refuse a prepare; in a later phase the outcome is unknown. */
export function agreed(phase: Phase, said: Vote, expected: Totals): Vote {
  if (said.vote !== 'yes' || !said.totals) return said;
  const { count, amount_minor } = said.totals;
  if (count === expected.count && amount_minor === expected.amount_minor) return said;
  const reason = `it reports ${count} items and a sum of ${amount_minor}, but was sent ${expected.count} and ${expected.amount_minor}`;
  return phase === 'prepare' ? { vote: 'no', reason } : { vote: 'unknown', reason, sent: true };
}

const named = ([first, ...rest]: Refused[]): string =>
  `refuses item ${first?.id}: ${first?.reason}${rest.length > 0 ? `, and ${rest.length} more` : ''}`;
