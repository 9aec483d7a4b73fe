import type { Command } from 'commander';
import { keys } from '#domain/keys.ts';
import type { LedgerPage, LedgerRow } from '#domain/ledger/ledger.ts';
import { readLedger } from '#domain/ledger/read-ledger.ts';
import { jsonLines, rowView } from '#domain/ledger/row-view.ts';
import { brokenAt } from '#domain/syncs/rows.ts';
import { wireOf } from '#domain/syncs/token.ts';
import { syncId } from './sync-id.ts';
import { json, lines, say, table } from './terminal.ts';
import { openTools, type Tools } from './tools.ts';

type Asked = { tenant: string; jsonl?: boolean; json?: boolean; stack: string };

/** `ledger show | export`. Either checks each chain: a row that does not follow from the one before it is said so, and is an exit code of 1. */
export function addLedger(ledger: Command): void {
  const common = (command: Command) =>
    command.requiredOption('--tenant <name>', 'whose (required)').option('--json', 'JSON on stdout').allowExcessArguments(false);
  common(ledger.command('show <id>'))
    .description('every row of one sync')
    .action((id: string, _, command: Command) => show(id, command.optsWithGlobals()));
  common(ledger.command('export [id]'))
    .description("every row of one sync, or of all the tenant's, as JSON Lines")
    .option('--jsonl', 'one JSON object a line, as without it')
    .action((id: string | undefined, _, command: Command) => exported(id, command.optsWithGlobals()));
}

async function show(typed: string, { tenant, ...asked }: Asked): Promise<void> {
  const id = syncId(typed);
  const rows = await rowsOf(await openTools(asked), tenant, id);
  if (asked.json) json(rows.map(rowView));
  else
    table(
      ['TIME', 'SYSTEM', 'ACTION', 'RESULT', 'ATTEMPT', 'DETAIL'],
      rows.map(({ time, system, action, result, attempt, detail = '' }) => [time, system, action, result, String(attempt), detail]),
    );
  tell([rows]);
}

async function exported(typed: string | undefined, { tenant, ...asked }: Asked): Promise<void> {
  const id = typed === undefined ? undefined : syncId(typed);
  const tools = await openTools(asked);
  const chains = id === undefined ? await chainsOf(tools.scanLedger, tenant) : [await rowsOf(tools, tenant, id)];
  if (asked.json) json(chains.flat().map(rowView));
  else for (const chain of chains) lines(jsonLines(chain).trimEnd().split('\n'));
  tell(chains);
}

async function rowsOf({ ledger }: Tools, tenant: string, id: string): Promise<LedgerRow[]> {
  const rows = await readLedger(ledger, tenant, wireOf(tenant, id));
  if (rows.length === 0) throw new Error(`The ledger has no row of ${id}.`);
  return rows;
}

/** The chains of a tenant's syncs, each in order, whatever the order in which a scan comes by their pages. */
export async function chainsOf(scan: Tools['scanLedger'], tenant: string): Promise<LedgerRow[][]> {
  const pages: LedgerPage[] = [];
  const mine = keys.ledger(tenant, '', 0).pk;
  for await (const items of scan({ filter: 'begins_with(#pk, :mine)', values: { mine } })) pages.push(...(items as LedgerPage[]));
  const inOrder = pages.sort((one, other) => (one.sk < other.sk ? -1 : 1));
  return [...Map.groupBy(inOrder, ({ pk }) => pk).values()].map((chain) => chain.flatMap(({ rows }) => rows));
}

/** What the checking of the chains has found, in words. */
export function verdict(chains: LedgerRow[][]): { whole: boolean; words: string[] } {
  const broken = chains.flatMap((chain) => brokenAt(chain) ?? []);
  const words = broken.map(({ event_id, seq, time }) => `${event_id}: row ${seq} of ${time} does not follow from the one before it.`);
  const rows = chains.reduce((sum, { length }) => sum + length, 0);
  return {
    whole: broken.length === 0,
    words: broken.length > 0 ? words : [`${rows} rows of ${chains.length} syncs; every chain is whole.`],
  };
}

function tell(chains: LedgerRow[][]): void {
  const { whole, words } = verdict(chains);
  for (const line of words) say(line);
  if (!whole) process.exitCode = 1;
}
