import { beforeEach, describe, expect, it } from 'vitest';
import { outsideToken, type SyncWorld, syncWorld } from './syncs-world.ts';
import { violationsOf } from './violations.ts';

let world: SyncWorld;
beforeEach(async () => {
  world = syncWorld();
  await world.accept();
  await world.rest();
});
const found = async (other: Partial<SyncWorld> = {}) =>
  (await violationsOf({ ...world, ...other })).join('; ');
const sync = () => world.sync();

describe('the violations of a sync at rest', () => {
  it('are none where every invariant holds', async () => expect(await found()).toBe(''));

  it('include an office whose books differ from the sync and its ledger', async () => {
    world.books.debit.rollback(outsideToken);
    expect(await found()).toBe(
      'it is committed, and debit is rolled-back; debit is rolled-back, and the ledger has its commit last',
    );
  });

  it('include an effect at an office outside of the plan', async () => {
    world.books.letters.commit(outsideToken, { delta_usd: 25 });
    expect(await found()).toBe('letters has no part in it, and is committed');
  });

  it('include an effect that happened twice', async () => {
    const entries = world.books.debit
      .entries()
      .map((entry) => ({ ...entry, effects: { ...entry.effects, commit: 2, rollback: 3 } }));
    const debit = { ...world.books.debit, entries: () => entries };
    expect(await found({ books: { ...world.books, debit } })).toBe(
      'debit has committed 2 times; debit has reversed 3 times what it did 2 times',
    );
  });

  it('include an effect that is left after a rollback or an undo', async () => {
    const undone = { ...(await sync()), state: 'undone' as const };
    expect(await found({ sync: async () => undone })).toContain('it is undone, and cheques is committed');
    expect(await found({ sync: async () => ({ ...undone, state: 'rolled_back' as const }) })).toContain(
      'it is rolled back, and debit had committed',
    );
  });

  it('include a sync without an end that no process will continue', async () => {
    const open = { ...(await sync()), state: 'committing' as const };
    expect(await found({ sync: async () => open })).toMatch(
      /it came to no end: committing; it is committing, and no process will continue it/,
    );
  });

  it('include a ticket without a cause', async () => {
    const parked = { ...(await sync()), state: 'parked' as const };
    expect(await found({ sync: async () => parked })).toContain('it is parked without a cause');
  });

  it('include a requested undo that did not happen', async () => {
    const asked = { ...(await sync()), undo: { at: 1, by: 'key_1' } };
    expect(await found({ sync: async () => asked })).toBe('it was to be undone, and stands committed');
  });

  it('include a changed, dropped or missing ledger row', async () => {
    const rows = await world.ledger();
    const changed = rows.map((row, i) => (i === 4 ? { ...row, result: 'refused' } : row));
    expect(await found({ ledger: async () => changed })).toContain("the ledger's chain is broken at row 5");
    expect(await found({ ledger: async () => rows.toSpliced(3, 1) })).toContain(
      "the ledger's chain is broken at row 5",
    );
    expect(await found({ ledger: async () => rows.slice(0, -1) })).toContain(
      'the ledger ends at row 11, the sync at 12',
    );
  });

  it('include a missing and a repeated event of the end', async () => {
    const { events } = world;
    const end = events.filter(({ type }) => type === 'sync.committed');
    expect(await found({ events: events.filter(({ type }) => type !== 'sync.committed') })).toContain(
      'it ended sync.committed, and  was published',
    );
    expect(await found({ events: [...events, ...end] })).toContain('two events have one id');
  });

  it('include a decision that was changed', async () => {
    const rows = await world.ledger();
    const decided = rows.find(({ action }) => action === 'decide');
    const again = [
      ...rows,
      { ...(decided as (typeof rows)[number]), result: 'abort' },
      { ...(decided as (typeof rows)[number]) },
    ];
    expect(await found({ ledger: async () => again })).toContain(
      'it was decided commit, then abort, then commit',
    );
  });
});
