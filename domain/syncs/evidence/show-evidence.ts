import { openBatchOn } from '#domain/syncs/batches/open-batch.ts';
import { readPages } from '#domain/syncs/ledger/ledger.ts';
import { rowView } from '#domain/syncs/ledger/row-view.ts';
import type { Result, Sync } from '#domain/syncs/sync.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import type { AppendOnly } from '#lib/aws/append-only.ts';
import type { Objects } from '#lib/aws/objects.ts';
import type { Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { type Cover, findCover } from './find-cover.ts';
import { findItem } from './find-item.ts';
import { type Bundle, type BundleRow, formatVersion } from './verify/bundle.ts';

type Asked = { tenant: string; syncId: string; item?: string | undefined };
type Tools = { store: Pick<Store, 'table'>; ledger: AppendOnly; objects: Pick<Objects, 'openObject'> };

/**
 * The evidence bundle of one sync, with `item` also the proof of that item. Refuses an unknown
 * sync or item.
 */
export async function showEvidence(
  { tenant, syncId, item }: Asked,
  { store, ledger, objects }: Tools,
): Promise<Bundle> {
  const sync = await readSync(store, tenant, syncId);
  const pages = await readPages(ledger, tenant, sync.outsideToken);
  const rows = pages.flatMap((page) => page.rows.map((row) => rowView(row) as BundleRow));
  if (rows.length === 0)
    throw new Problem('not-found', { detail: 'The ledger has no row of this sync yet.' });
  const cover = await findCover(ledger, sync.outsideToken, pages);
  return {
    ...{ format: 'lockstep-evidence' as const, version: formatVersion },
    ...{ sync_id: sync.syncId, outside_token: sync.outsideToken, rows, covered_rows: cover?.head.seq ?? 0 },
    ...(cover && { checkpoint: signedPart(cover) }),
    ...(sync.batch && { batch: await batchPart(sync, sync.batch, rows, objects) }),
    ...(item !== undefined && { item: await itemPart(sync, item, objects) }),
  };
}

const signedPart = ({ checkpoint: { text, signature, key }, head, index, path }: Cover) => ({
  text,
  signature,
  key,
  head,
  index,
  path,
});

/** Only results named by a row: the item may be one write ahead of the ledger. */
async function batchPart(
  sync: Sync,
  batch: NonNullable<Sync['batch']>,
  rows: BundleRow[],
  objects: Tools['objects'],
) {
  const { count, amount_minor, digest, root } = batch;
  const told = rows.filter(({ system, action }) => system === 'lockstep' && action === 'results');
  const named = told.flatMap(({ object }) => sync.results?.find(({ digest }) => digest === object) ?? []);
  return {
    count,
    amount_minor,
    digest,
    root,
    results: await Promise.all(named.map((result) => resultPart(result, objects))),
  };
}

async function resultPart({ phase, key, digest }: Result, objects: Tools['objects']) {
  const opened = await objects.openObject(key);
  if (!opened) return { phase, digest };
  return { phase, digest, text: Buffer.concat(await Array.fromAsync(opened.body)).toString() };
}

async function itemPart({ batch }: Sync, id: string, objects: Tools['objects']) {
  const found = batch && (await findItem(openBatchOn({ objects })(batch).items(), id));
  if (!found)
    throw new Problem('not-found', {
      detail: batch ? `There is no item ${id} in this batch.` : 'This sync has no batch.',
    });
  return found;
}
