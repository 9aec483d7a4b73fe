/** A system's answer to a phase, in order, with the receipt that has the item. */
type Answer<R> = { at: number; vote: 'yes' | 'no'; receipt: R | undefined };

/** The receipt that counts: of the last yes, or else of the last answer that has the item. */
export function countingReceipt<R>(answers: Answer<R>[]): { at: number; receipt: R } | undefined {
  const having = answers.flatMap(({ at, vote, receipt }) => (receipt ? [{ at, vote, receipt }] : []));
  return having.findLast(({ vote }) => vote === 'yes') ?? having.at(-1);
}

/**
 * Whether a rollback reversed the item. A rollback before the commit was known does not, and
 * neither does one that the system answered with `absent`.
 */
export const isReversed = (
  doneAt: number | undefined,
  back: { at: number; receipt?: { absent?: true } } | undefined,
): boolean => back !== undefined && !back.receipt?.absent && (doneAt === undefined || doneAt < back.at);
