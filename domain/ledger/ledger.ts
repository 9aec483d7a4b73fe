import { keys, named } from '#domain/keys.ts';
import type { Item, Table } from '#lib/table.ts';

/** The rows that one write of a sync has recorded: a page of its ledger. */
export type LedgerPage = Item & { rows: LedgerRow[] };
export type LedgerRow = {
  seq: number;
  time: string;
  event_id: string;
  system: string;
  action: string;
  result: string;
  attempt: number;
  detail?: string;
  request?: string;
  response?: string;
  prev: string;
  hash: string;
};
type Written = Item & { v?: number; rows?: LedgerRow[] };

/** The append-only ledger: a page per write, in the order and with the time of the writes, never of the projection. */
export const ledgerOn = (ledger: Table) => ({
  /** Promises: a page that is there stays as it is, so the same write projected twice is there once. */
  async record(images: Written[]): Promise<void> {
    const pages = images.filter(({ rows, pk }) => rows && rows.length > 0 && named({ pk, sk: '' }).kind === 'sync');
    await Promise.all(
      pages.map(({ pk, v = 0, rows }) => {
        const { tenant, id } = named({ pk, sk: '' });
        const item = { ...keys.ledger(tenant, id, v), rows };
        return ledger.put({ label: 'record', item, condition: 'attribute_not_exists(#pk)' });
      }),
    );
  },
});
