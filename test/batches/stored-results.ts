import type { StoredResult } from '#domain/syncs/batches/item-results.ts';
import type { Receipt } from '#systems/protocol.ts';
import { cents } from './items.ts';

export const slice = (chunk: number, first: number, count: number): Receipt => ({
  ...{
    chunk,
    first,
    count,
    amount_minor: count * cents,
    request: `asked ${chunk}`,
    response: `said ${chunk}`,
  },
});
export const storedResult = (
  phase: StoredResult['phase'],
  receipts: Receipt[],
  refused: StoredResult['systems'][number]['refused'] = [],
): StoredResult => ({
  phase,
  systems: [{ system: 'debit', vote: refused.length > 0 ? 'no' : 'yes', receipts, refused }],
});
export const committing = { state: 'committing', skipped: [], committed: [], back: [] };
