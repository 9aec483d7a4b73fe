import { partOf, type Sync } from '#domain/syncs/sync.ts';
import { type Stage, syncsIn } from './stage.ts';
import type { Books, Name } from './systems.ts';

type Entry = ReturnType<Books['entries']>[number];

/** No system has committed or reversed a change twice. */
export function nothingTwice({ partners }: Stage): string[] {
  return Object.entries(partners.books).flatMap(([name, books]) =>
    books
      .entries()
      .flatMap(({ token: outsideToken, effects }) => [
        ...(effects.commit > 1 ? [`${name}: ${outsideToken} was done ${effects.commit} times`] : []),
        ...(effects.rollback > effects.commit
          ? [`${name}: ${outsideToken} was reversed ${effects.rollback} times`]
          : []),
      ]),
  );
}

/**
 * The books agree with the item and with the ledger's votes. A change that stands in some systems
 * only is parked, and an unplanned system has nothing.
 */
export function booksAgree({ table, partners }: Stage): string[] {
  const syncs = syncsIn(table);
  const named = new Set(syncs.map(({ outsideToken }) => outsideToken));
  return Object.entries(partners.books).flatMap(([name, books]) => {
    const entries = new Map(books.entries().map((entry) => [entry.token, entry]));
    const strange = [...entries.keys()]
      .filter((outsideToken) => !named.has(outsideToken))
      .map((outsideToken) => `${name}: has ${outsideToken}, which is no sync`);
    return [
      ...strange,
      ...syncs.flatMap((sync) => disagreements(sync, name as Name, entries.get(sync.outsideToken))),
    ];
  });
}

function disagreements(sync: Sync, name: Name, entry: Entry | undefined): string[] {
  const state = entry?.state ?? 'absent';
  const who = `${sync.tenant} ${sync.outsideToken.slice(0, 4)} is ${sync.state}`;
  if (!sync.plan.systems.some((system) => system.name === name))
    return entry ? [`${who}, and ${name}, who is not in it, was asked`] : [];
  const { commit, rollback, intent } = partOf(sync, name);
  const wrong = [`${who}, and ${name} is ${state}`];
  if (sync.state === 'committed') return state === 'committed' ? [] : wrong;
  if (sync.state === 'rolled_back' && (entry?.effects.commit ?? 0) > 0)
    return [`${who}, and ${name} had committed`];
  if (sync.state !== 'parked') return state === 'committed' || state === 'reserved' ? wrong : [];
  if (intent) return [];
  if (rollback?.vote === 'yes')
    return state === 'committed' || state === 'reserved' ? [...wrong, 'although it was rolled back'] : [];
  if (commit?.vote === 'yes' && rollback === undefined)
    return state === 'committed' ? [] : [`${who}, and ${name}, which had committed, is ${state}`];
  // After a repeated call a system may have changed its mind, which an unanswered caller cannot
  // know.
  const arrived = entry?.calls.filter(({ call }) => call === 'commit').length ?? 0;
  const refused = commit?.vote === 'no' && arrived <= commit.refusals && rollback === undefined;
  return refused && state === 'committed' ? [`${who}, and ${name}, which had refused, has committed`] : [];
}
