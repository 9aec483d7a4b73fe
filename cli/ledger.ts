import type { Command } from 'commander';
import { readLedger } from '#domain/syncs/ledger/ledger.ts';
import { jsonLines, rowView } from '#domain/syncs/ledger/row-view.ts';
import { brokenAt } from '#domain/syncs/ledger-chain.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { listSyncs } from '#domain/syncs/sync-list.ts';
import type { LedgerRow } from '#events/ledger-row.ts';
import type { SyncData } from '#events/sync-data.ts';
import { everyItem } from '#lib/aws/projection.ts';
import { readSyncId } from './sync-id.ts';
import { type Tenanted, tenanted } from './tenanted.ts';
import { json, print, say, table } from './terminal.ts';
import { openTools, type Tools } from './tools.ts';

type Asked = Tenanted & { jsonl?: boolean };

/**
 * `ledger show | export`. Both check each chain: a row that does not follow from the row before it
 * is reported, and the exit code is 1.
 */
export function addLedger(ledger: Command): void {
  tenanted(ledger.command('show <id>'))
    .description('list every row of one sync')
    .action((id: string, _, command: Command) => show(id, command.optsWithGlobals()));
  tenanted(ledger.command('export [id]'))
    .description("write every row of one sync, or of all the tenant's, as JSON Lines")
    .option('--jsonl', 'one JSON object a line (the default)')
    .action((id: string | undefined, _, command: Command) => exported(id, command.optsWithGlobals()));
}

async function show(typed: string, { tenant, ...asked }: Asked): Promise<void> {
  const id = readSyncId(typed);
  const rows = await rowsOf(await openTools(asked), tenant, id);
  if (asked.json) json(rows.map(rowView));
  else
    table(
      ['TIME', 'SYSTEM', 'ACTION', 'RESULT', 'ATTEMPT', 'DETAIL'],
      rows.map(({ time, system, action, result, attempt, ...row }) => [
        time,
        system,
        action,
        result,
        String(attempt),
        explained(row),
      ]),
    );
  const judged = judge();
  judged.hear(rows);
  tell(judged.verdict());
}

/** The author of a row, its batch, and its detail. */
const explained = ({ by, batch, detail }: Pick<LedgerRow, 'by' | 'batch' | 'detail'>): string =>
  [
    by && `by ${by.role === 'system' ? 'its hook' : `${by.role} ${by.key ?? ''}`.trim()}`,
    batch && `${batch.count} items, ${batch.amount_minor}`,
    detail,
  ]
    .filter(Boolean)
    .join(': ');

async function exported(typed: string | undefined, { tenant, ...asked }: Asked): Promise<void> {
  const id = typed === undefined ? undefined : readSyncId(typed);
  const tools = await openTools(asked);
  const judged = judge();
  const asArray = asked.json && !asked.jsonl;
  let rows = 0;
  for await (const chain of id === undefined ? chainsOf(tools, tenant) : [await rowsOf(tools, tenant, id)]) {
    judged.hear(chain);
    if (asArray)
      await print(
        chain.map((row) => `${rows++ === 0 ? '[' : ','}\n${JSON.stringify(rowView(row))}`).join(''),
      );
    else await print(jsonLines(chain));
  }
  if (asArray) await print(rows === 0 ? '[]\n' : '\n]\n');
  tell(judged.verdict());
}

async function rowsOf({ ledger }: Pick<Tools, 'ledger'>, tenant: string, id: string): Promise<LedgerRow[]> {
  const rows = await readLedger(ledger, tenant, outsideTokenOf(tenant, id));
  if (rows.length === 0) throw new Error(`The ledger has no row of ${id}.`);
  return rows;
}

/**
 * The chains of a tenant's syncs in the order of acceptance, one in memory at a time. The list is
 * built from events, so it may lag.
 */
export async function* chainsOf(
  { store, ledger }: Pick<Tools, 'store' | 'ledger'>,
  tenant: string,
): AsyncGenerator<LedgerRow[]> {
  for await (const { view } of everyItem((from) => listSyncs(store, tenant, { ...from, limit: 1_000 }))) {
    const chain = await readLedger(ledger, tenant, outsideTokenOf(tenant, (view as SyncData).sync_id));
    if (chain.length > 0) yield chain;
  }
}

type Verdict = { whole: boolean; words: string[] };

/** Checks chain after chain, and sums up the result. */
export function judge(): { hear: (chain: LedgerRow[]) => void; verdict: () => Verdict } {
  const broken: string[] = [];
  let [rows, chains] = [0, 0];
  return {
    hear(chain) {
      rows += chain.length;
      chains += 1;
      const row = brokenAt(chain);
      if (row)
        broken.push(`${row.event_id}: row ${row.seq} of ${row.time} does not follow from the one before it.`);
    },
    verdict: () =>
      broken.length > 0
        ? { whole: false, words: broken }
        : { whole: true, words: [`${rows} rows of ${chains} syncs; every chain is whole.`] },
  };
}

function tell({ whole, words }: Verdict): void {
  for (const line of words) say(line);
  if (!whole) process.exitCode = 1;
}
