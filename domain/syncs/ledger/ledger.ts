import { keys, parseKey } from '#domain/keys.ts';
import type { LedgerRow } from '#events/ledger-row.ts';
import type { AppendOnly } from '#lib/aws/append-only.ts';
import { everyItem } from '#lib/aws/projection.ts';
import type { Item } from '#lib/aws/table.ts';
import type { Clock } from '#lib/clock.ts';
import { recordedAt } from './minutes.ts';

/**
 * A page of the ledger: the rows that one write of a sync recorded. `minute`, and `seq` and `head`
 * of the chain after it, are in the index, and make the checkpoints.
 */
export type LedgerPage = Item & { rows: LedgerRow[]; minute: string; seq: number; head: string };
type Written = Item & { v?: number; rows?: LedgerRow[] };

/**
 * The append-only ledger: a page per write, with the order and time of the writes and not of the
 * projection.
 */
export const ledgerOn = ({ ledger, clock }: { ledger: AppendOnly; clock: Clock }) => ({
  /**
   * Promises: an existing page stays as it is, so projecting a write twice leaves one page, with
   * its first minute.
   */
  async record(images: Written[]): Promise<void> {
    const pages = images.filter(
      ({ rows, pk }) => rows && rows.length > 0 && parseKey({ pk, sk: '' }).kind === 'sync',
    );
    await Promise.all(
      pages.map(({ pk, v = 0, rows = [] }) => {
        const { tenant, id } = parseKey({ pk, sk: '' });
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

/**
 * Every page of one sync, in order. Apart from `ledgerOn`, so that readers get no write
 * permission.
 */
export async function readPages(
  ledger: AppendOnly,
  tenant: string,
  outsideToken: string,
): Promise<LedgerPage[]> {
  const { pk } = keys.ledger(tenant, outsideToken, 0);
  const pages = everyItem((from) => ledger.queryPages({ label: 'read-ledger', pk, ...from }));
  return (await Array.fromAsync(pages)) as LedgerPage[];
}

/** Every row of one sync, in order. */
export const readLedger = async (
  ledger: AppendOnly,
  tenant: string,
  outsideToken: string,
): Promise<LedgerRow[]> => (await readPages(ledger, tenant, outsideToken)).flatMap(({ rows }) => rows);
