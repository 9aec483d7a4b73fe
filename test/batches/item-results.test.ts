import { describe, expect, it } from 'vitest';
import { itemResultsOf, type StoredResult } from '#domain/syncs/batches/item-results.ts';
import { paymentAt } from './items.ts';
import { committing, slice, storedResult } from './stored-results.ts';

const results = (became: ReturnType<typeof itemResultsOf>, ...at: number[]) =>
  at.map((index) => became('debit', index, paymentAt(index).id).result);

describe('the result of an item', () => {
  it('comes from the receipts that cover it: pending, committed, reversed', () => {
    const half = storedResult('commit', [slice(1, 500, 500)]);
    expect(results(itemResultsOf([], committing), 0)).toEqual(['pending']);
    expect(results(itemResultsOf([half], committing), 499, 500, 999, 1_000)).toEqual([
      'pending',
      'committed',
      'committed',
      'pending',
    ]);
    const all = storedResult('commit', [slice(1, 500, 500), slice(0, 0, 500)]);
    expect(results(itemResultsOf([half, all], committing), 0, 999)).toEqual(['committed', 'committed']);
    const back = storedResult('rollback', [slice(0, 0, 500), slice(1, 500, 500)]);
    expect(itemResultsOf([all, back], { ...committing, state: 'undone' })('debit', 700, 'any')).toMatchObject(
      {
        result: 'reversed',
        receipt: { phase: 'rollback', chunk: 1, request: 'asked 1' },
      },
    );
  });

  it('is refused, with the reason, for the item at fault, and released for all others', () => {
    const veto = storedResult(
      'prepare',
      [slice(0, 0, 500)],
      [{ id: paymentAt(600).id, reason: 'unknown payee' }],
    );
    const became = itemResultsOf([veto], { ...committing, state: 'rolled_back' });
    expect(became('debit', 600, paymentAt(600).id)).toEqual({ result: 'refused', reason: 'unknown payee' });
    expect(results(became, 0, 599, 601)).toEqual(['released', 'released', 'released']);
    const later = storedResult('commit', [slice(0, 0, 1_000)]);
    expect(results(itemResultsOf([veto, later], committing), 600)).toEqual(['committed']);
  });

  it('stays committed after any later answer, until the system that committed it rolls it back', () => {
    const yes = storedResult('commit', [slice(0, 0, 500)]);
    const late: StoredResult = {
      phase: 'commit',
      systems: [{ system: 'debit', vote: 'no', receipts: [], refused: [] }],
    };
    expect(results(itemResultsOf([yes, late], { ...committing, state: 'undoing' }), 3)).toEqual([
      'committed',
    ]);
    const never = storedResult('rollback', [{ ...slice(0, 0, 500), absent: true }]);
    expect(results(itemResultsOf([yes, never], { ...committing, state: 'parked' }), 3)).toEqual([
      'committed',
    ]);
    const back = storedResult('rollback', [slice(0, 0, 500)]);
    expect(results(itemResultsOf([back, yes], { ...committing, state: 'aborting' }), 3)).toEqual([
      'committed',
    ]);
    expect(results(itemResultsOf([back, yes, back], { ...committing, state: 'aborting' }), 3)).toEqual([
      'reversed',
    ]);
    expect(
      results(
        itemResultsOf([], { ...committing, state: 'undone', committed: ['debit'], back: ['debit'] }),
        3,
      ),
    ).toEqual(['reversed']);
  });

  it('is what an operator marked, where there is no receipt', () => {
    expect(results(itemResultsOf([], { ...committing, state: 'committed' }), 3)).toEqual(['committed']);
    expect(results(itemResultsOf([], { ...committing, state: 'committed', skipped: ['debit'] }), 3)).toEqual([
      'skipped',
    ]);
  });
});
