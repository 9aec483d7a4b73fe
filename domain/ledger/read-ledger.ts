import { keys } from '#domain/keys.ts';
import type { Table } from '#lib/table.ts';
import type { LedgerPage, LedgerRow } from './ledger.ts';

/** Every row of one sync, in order. Apart from the writing, so that who reads is granted no more. */
export async function readLedger(ledger: Table, tenant: string, wire: string): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for (let after: string | undefined; ; ) {
    const page = await ledger.query({ label: 'read-ledger', pk: keys.ledger(tenant, wire, 0).pk, ...(after && { after }) });
    rows.push(...(page.items as LedgerPage[]).flatMap((item) => item.rows));
    after = page.last;
    if (!after) return rows;
  }
}
