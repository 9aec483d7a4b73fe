import * as z from 'zod';
import { ledgerRow } from '#events/ledger-row.ts';
import type { Answer } from '#lib/http/declaration.ts';

const row = ledgerRow.meta({
  id: 'LedgerRow',
  description: '`hash` covers the row and `prev`, the hash of the row before it.',
});

const example = {
  ...{ time: '2027-01-15T09:00:00.640Z', event_id: '6f1c1d2e-8b7a-4c57-9d0e-2f4b8a1c3d5e' },
  ...{ system: 'lockstep', action: 'decide', result: 'commit', attempt: 1, detail: 'all systems say yes' },
  seq: 3,
  prev: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  hash: 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9',
};
const line = `${JSON.stringify(example)}\n`;

/** The ledger of one sync. */
export const ledgerAnswer = {
  description: 'The rows of the sync, in order; one a line if Accept asks for JSON Lines.',
  schema: z.object({ items: z.array(row) }).meta({ id: 'Ledger' }),
  example: { items: [example] },
  texts: { 'application/x-ndjson': line, 'application/jsonl': line },
  headers: ['ETag'],
} satisfies Answer;
