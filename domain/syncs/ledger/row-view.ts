import type { LedgerRow } from '#events/ledger-row.ts';

const fields = [
  ...(['time', 'event_id', 'system', 'action', 'result'] as const),
  ...(['attempt', 'detail', 'by', 'batch', 'object', 'request', 'response', 'seq', 'prev', 'hash'] as const),
];

/** A row as it is shown: the five words of the audit first. What it does not have is left out, so that its hash can be computed from what is shown. */
export const rowView = (row: LedgerRow): Record<string, unknown> =>
  Object.fromEntries(fields.filter((field) => row[field] !== undefined).map((field) => [field, row[field]]));

/** One JSON object a line (JSON Lines). */
export const jsonLines = (rows: LedgerRow[]): string =>
  rows.map((row) => `${JSON.stringify(rowView(row))}\n`).join('');
