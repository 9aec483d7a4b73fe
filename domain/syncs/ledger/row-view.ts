import type { LedgerRow } from '#events/ledger-row.ts';

const fields = [
  ...(['time', 'event_id', 'system', 'action', 'result'] as const),
  ...(['attempt', 'detail', 'by', 'batch', 'object', 'request', 'response', 'seq', 'prev', 'hash'] as const),
];

/**
 * A row in JSON, the audit's five fields first. Undefined fields are left out, so that the hash
 * can be recomputed from the JSON.
 */
export const rowView = (row: LedgerRow): Record<string, unknown> =>
  Object.fromEntries(fields.filter((field) => row[field] !== undefined).map((field) => [field, row[field]]));

/** One JSON object per line (JSON Lines). */
export const jsonLines = (rows: LedgerRow[]): string =>
  rows.map((row) => `${JSON.stringify(rowView(row))}\n`).join('');
