import { keys } from '#domain/keys.ts';
import type { LedgerRow } from '#events/ledger-row.ts';
import type { AppendOnly } from '#lib/append-only.ts';
import type { LedgerPage } from './ledger.ts';

/** Every page of one sync, in order: what each of its writes has recorded. Apart from the writing, so that who reads is granted no more. */
export async function readPages(ledger: AppendOnly, tenant: string, wire: string): Promise<LedgerPage[]> {
  const pages: LedgerPage[] = [];
  for (let after: string | undefined; ; ) {
    const page = await ledger.queryPages({
      label: 'read-ledger',
      pk: keys.ledger(tenant, wire, 0).pk,
      ...(after && { after }),
    });
    pages.push(...(page.items as LedgerPage[]));
    after = page.last;
    if (!after) return pages;
  }
}

/** Every row of one sync, in order. */
export const readLedger = async (ledger: AppendOnly, tenant: string, wire: string): Promise<LedgerRow[]> =>
  (await readPages(ledger, tenant, wire)).flatMap(({ rows }) => rows);
