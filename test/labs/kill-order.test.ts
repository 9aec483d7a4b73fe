import { describe, expect, it } from 'vitest';
import { killOrder } from '#examples/labs/kill-order.ts';

describe('who is to be killed, and when', () => {
  it.each([
    ['dashboard', { system: 'dashboard' }],
    ['debit@commit', { system: 'debit', phase: 'commit' }],
    ['cheques@prepare', { system: 'cheques', phase: 'prepare' }],
    ['debit@rollback', { system: 'debit', phase: 'rollback' }],
  ])('%s is understood', (order, expected) => expect(killOrder(order)).toEqual(expected));

  it.each([
    '',
    'clearinghouse',
    'Debit',
    'debit@',
    'debit@query',
    'debit@commit@commit',
    '@commit',
    'dashboard commit',
  ])('"%s" is answered with what there is', (order) => {
    const named = `"${order}" cannot be killed. Name debit, cheques or dashboard, optionally with @ and prepare, commit or rollback`;
    expect(() => killOrder(order)).toThrow(named);
  });
});
