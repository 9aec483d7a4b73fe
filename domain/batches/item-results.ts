import type { Phase, Receipt, Refused } from '#systems/contract.ts';

export const itemResults = ['pending', 'committed', 'refused', 'reversed', 'released', 'skipped'] as const;
export type ItemResult = (typeof itemResults)[number];

/** What an object of results says: of each system that was asked in a phase, what it has answered slice by slice, and which items it has refused. */
export type Told = { phase: Phase; systems: { system: string; receipts: Receipt[]; refused: Refused[] }[] };
/** How a sync stands; `skipped`: the systems that an operator has taken out of it. */
export type Standing = { state: string; skipped: string[] };
export type Became = { result: ItemResult; reason?: string; receipt?: Receipt & { phase: Phase } };

/**
 * What has become of an item at a system: `released` where it was taken back before it was done, `reversed` after. Where a phase was answered more than once
 * the last answer counts. Built once for all items, so that each is looked up in no time.
 */
export function itemResultsOf(told: Told[], { state, skipped }: Standing) {
  const isBack = state === 'rolled_back' || state === 'undone';
  const answers = new Map(
    told.flatMap(({ phase, systems }) => systems.map((answer) => [`${phase} ${answer.system}`, indexed(answer)] as const)),
  );

  return (system: string, index: number, id: string): Became => {
    const receiptOf = (phase: Phase) => {
      const receipt = answers.get(`${phase} ${system}`)?.receipt(index);
      return receipt && { receipt: { phase, ...receipt } };
    };
    const [done, back] = [receiptOf('commit'), receiptOf('rollback')];
    const reason = (answers.get(`commit ${system}`) ?? answers.get(`prepare ${system}`))?.reason(id);
    if (skipped.includes(system)) return { result: 'skipped', ...done };
    if (reason !== undefined && !done) return { result: 'refused', reason, ...back };
    if (back || isBack) return { result: done ? 'reversed' : 'released', ...(back ?? done) };
    // An operator's word that a system has done it comes without a receipt.
    return { result: done || state === 'committed' ? 'committed' : 'pending', ...done };
  };
}

function indexed({ receipts, refused }: Told['systems'][number]) {
  const sorted = receipts.toSorted((a, b) => a.first - b.first);
  const reasons = new Map(refused.map(({ id, reason }) => [id, reason]));
  return {
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
