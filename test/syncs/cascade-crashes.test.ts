import { describe, expect, it } from 'vitest';
import { syncsOn } from '#domain/syncs/syncs.ts';
import { goOnUndoing } from '#domain/syncs/undo/cascade.ts';
import type { Table } from '#lib/aws/table.ts';
import { dependentSyncs, reversals } from './dependent-syncs-world.ts';

describe('a cascade of undos', () => {
  it('has the same end when its messages repeat, and reverses everything once', async () => {
    const w = await dependentSyncs([1, 2, 3, 4]);
    await w.later(1, 'cascade');
    await w.settle(3);
    expect(await w.states(1, 2, 3, 4)).toEqual(['undone', 'undone', 'undone', 'undone']);
    expect(reversals(w)).toEqual([1, 1, 1, 1]);
    expect(w.books.debit.total()).toBe(0);
  });

  it('continues on a repeated undo request, whichever of its messages was lost', async () => {
    for (let lost = 0; ; lost++) {
      const w = await dependentSyncs([1, 2, 3]);
      await w.later(1, 'cascade');
      let seen = 0;
      for (let turn = 0; turn < 20; turn++) {
        await w.rest();
        for (const { body } of w.jobs.splice(0)) if (seen++ !== lost) await w.work(body);
      }
      await w.list();
      if (seen <= lost) break;
      const stopped = (await w.states(1)).join();
      await w.undo(1);
      await w.settle();
      expect([lost, stopped, ...(await w.states(1, 2, 3))]).toEqual([
        lost,
        'committed',
        'undone',
        'undone',
        'undone',
      ]);
      expect(reversals(w)).toEqual([1, 1, 1]);
    }
  });

  it('survives a crash before or after any of its reads and writes, because its message comes again', async () => {
    let trials = 0;
    for (const when of ['before', 'after'] as const)
      for (let at = 1; ; at++) {
        const w = await dependentSyncs([1, 2, 3]);
        await w.later(1, 'cascade');
        let calls = 0;
        const mortal = async <T>(act: () => Promise<T>): Promise<T> => {
          const dies = ++calls === at;
          if (dies && when === 'before') throw new Error('It has died');
          const done = await act();
          if (dies) throw new Error('It has died');
          return done;
        };
        const table: Table = {
          ...w.table,
          getItem: (...asked) => mortal(() => w.table.getItem(...asked)),
          putItem: (put) => mortal(() => w.table.putItem(put)),
        };
        const tools = { ...w.tools, syncs: syncsOn({ table, newId: w.tools.newId }) };
        for (let turn = 0; w.written.length > 0 || w.jobs.length > 0; turn++) {
          await w.rest();
          const [message] = w.jobs.splice(0, 1);
          if (message) await goOnUndoing(message.body as never, tools).catch(() => w.jobs.push(message));
          expect(turn).toBeLessThan(100);
        }
        if (calls < at) break;
        trials++;
        expect([when, at, ...(await w.states(1, 2, 3))]).toEqual([when, at, 'undone', 'undone', 'undone']);
        expect(reversals(w)).toEqual([1, 1, 1]);
      }
    expect(trials).toBeGreaterThan(15);
  });
});
