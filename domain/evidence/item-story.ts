import type { BundleReceipt, ResultDocument } from './bundle.ts';

/** What one system has done with one item: how many receipts of its commit and of its rollback have it, and the last of each. */
type Done = { system: string; loaded: number; reversed: number; commit?: BundleReceipt; rollback?: BundleReceipt };

/** Of each system, by its receipts. Where a phase was answered more than once the last answer counts: a receipt is what has been answered for one call, however often it was made. */
export function itemStory(documents: ResultDocument[], index: number): Done[] {
  const systems = [...new Set(documents.flatMap((document) => document.systems.map(({ system }) => system)))];
  const of = (system: string, phase: string) => {
    const answers = documents.filter((document) => document.phase === phase).flatMap((document) => document.systems);
    const last = answers.findLast((answer) => answer.system === system);
    return last?.receipts.filter(({ first, count }) => first <= index && index < first + count) ?? [];
  };
  return systems.map((system) => {
    const [commits, rollbacks] = [of(system, 'commit'), of(system, 'rollback')];
    return {
      ...{ system, loaded: commits.length, reversed: rollbacks.length },
      ...(commits.length > 0 && { commit: commits.at(-1)! }),
      ...(rollbacks.length > 0 && { rollback: rollbacks.at(-1)! }),
    };
  });
}

/** The story in one sentence, system by system. */
export const storyInWords = (story: Done[]): string =>
  story.map(({ system, loaded, reversed }) => `${system}: ${times('loaded', loaded)}, ${times('reversed', reversed)}`).join('; ');

const times = (what: string, count: number) => (count === 0 ? `not ${what}` : count === 1 ? `${what} once` : `${what} ${count} times`);
