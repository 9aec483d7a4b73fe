import { changeBooks } from '#examples/systems/change-books.ts';

export const none = { prepare: 0, commit: 0, rollback: 0, release: 0 };
export const time = { now: 1_000 };
export const order = { delta_usd: 25, notAfter: 2_000 };
export let books: ReturnType<typeof changeBooks>;
export const entry = () => books.entries()[0];
export const open = (traits: Omit<Parameters<typeof changeBooks>[0], 'clock'> = {}) => {
  books = changeBooks({ clock: { now: () => time.now }, ...traits });
};
const calls = {
  prepare: () => books.prepare('t', order),
  commit: () => books.commit('t', order),
  rollback: () => books.rollback('t'),
};
export type Call = keyof typeof calls;
export const run = (path: string) =>
  (path.match(/\w+/g) ?? []).map((call) => outcomeOf(calls[call as Call]()));
export const outcomeOf = (answer: ReturnType<typeof books.commit>) =>
  'refused' in answer ? `refused: ${answer.refused}` : answer.state + (answer.did ? '' : ' already');
