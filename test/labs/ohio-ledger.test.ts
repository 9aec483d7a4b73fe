import { expect, it } from 'vitest';
import { standsBy } from '#examples/labs/ohio-ledger.ts';

const rows = (...texts: string[]) =>
  texts.map((one) => {
    const [system = '', action = '', result = ''] = one.split(' ');
    return { system, action, result };
  });

it.each([
  ['absent', rows('debit prepare success', 'cheques commit success')],
  ['absent', rows('debit commit unknown')],
  ['committed', rows('debit commit unknown', 'debit commit success', 'debit rollback refused')],
  ['rolled-back', rows('debit commit success', 'debit rollback unknown', 'debit rollback success')],
])('a system is %s by its last successful row in the ledger', (state, ledger) =>
  expect(standsBy(ledger, 'debit')).toBe(state),
);
