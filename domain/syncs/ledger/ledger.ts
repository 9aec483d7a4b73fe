import { keys, named } from '#domain/keys.ts';
import type { LedgerRow } from '#events/ledger-row.ts';
import type { AppendOnly } from '#lib/aws/append-only.ts';
import type { Item } from '#lib/aws/table.ts';
import type { Clock } from '#lib/clock.ts';
import { recordedAt } from './minutes.ts';

/**
 * The rows that one write of a sync has recorded: a page of its ledger. `minute` says when it was recorded, `seq` and `head` where the chain then stood:
 * that is what the ledger's index shows, and what a checkpoint is made of.
 */
export type LedgerPage = Item & { rows: LedgerRow[]; minute: string; seq: number; head: string };
type Written = Item & { v?: number; rows?: LedgerRow[] };

/** The append-only ledger: a page per write, in the order and with the time of the writes, never of the projection. */
export const ledgerOn = ({ ledger, clock }: { ledger: AppendOnly; clock: Clock }) => ({
  /** Promises: a page that is there stays as it is, so the same write projected twice is there once, with the minute in which it was first. */
  async record(images: Written[]): Promise<void> {
    const pages = images.filter(
      ({ rows, pk }) => rows && rows.length > 0 && named({ pk, sk: '' }).kind === 'sync',
    );
    await Promise.all(
      pages.map(({ pk, v = 0, rows = [] }) => {
        const { tenant, id } = named({ pk, sk: '' });
        const last = rows.at(-1);
        const item = {
          ...keys.ledger(tenant, id, v),
          rows,
          minute: recordedAt(clock.now(), id),
          seq: last?.seq,
          head: last?.hash,
        };
        return ledger.appendItem({ label: 'record', item, condition: 'attribute_not_exists(#pk)' });
      }),
    );
  },
});

/** Every page of one sync, in order: what each of its writes has recorded. Apart from the writing, so that who reads is granted no more. */
export async function readPages(
  ledger: AppendOnly,
  tenant: string,
  outsideToken: string,
): Promise<LedgerPage[]> {
  const pages: LedgerPage[] = [];
  for (let after: string | undefined; ; ) {
    const page = await ledger.queryPages({
      label: 'read-ledger',
      pk: keys.ledger(tenant, outsideToken, 0).pk,
      ...(after && { after }),
    });
    pages.push(...(page.items as LedgerPage[]));
    after = page.last;
    if (!after) return pages;
  }
}

/** Every row of one sync, in order. */
export const readLedger = async (
  ledger: AppendOnly,
  tenant: string,
  outsideToken: string,
): Promise<LedgerRow[]> => (await readPages(ledger, tenant, outsideToken)).flatMap(({ rows }) => rows);
