import { describe, expect, it } from 'vitest';
import { killOrder } from '#examples/labs/kill-order.ts';

describe('the --kill option of a lab', () => {
  it.each([
    ['dashboard', { system: 'dashboard' }],
    ['debit@commit', { system: 'debit', phase: 'commit' }],
    ['cheques@prepare', { system: 'cheques', phase: 'prepare' }],
    ['debit@rollback', { system: 'debit', phase: 'rollback' }],
  ])('accepts %s', (order, expected) => expect(killOrder(order)).toEqual(expected));

  it.each([
    '',
    'clearinghouse',
    'Debit',
    'debit@',
    'debit@query',
    'debit@commit@commit',
    '@commit',
    'dashboard commit',
  ])('refuses "%s" and lists the systems and phases', (order) => {
    const named = `There is no "${order}" to kill: name debit, cheques or dashboard, and after an @, if you like, prepare, commit or rollback`;
    expect(() => killOrder(order)).toThrow(named);
  });
});
