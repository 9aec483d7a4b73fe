import { brokenAt, type Row } from '#domain/syncs/ledger-chain.ts';
import { eventually } from './eventually.ts';
import { type OfficeEntry, type OfficeName, officeNames } from './offices.ts';
import type { Scene } from './ohio-scene.ts';
import { dollars } from './payments.ts';

/**
 * Shows the ledger once it has this result, after the rows that the reader has `seen`, and
 * verifies its whole chain.
 */
export async function theLedger({ story, publisher, id }: Scene, last: string, seen = 0): Promise<Row[]> {
  story.show(`curl -H "Authorization: Bearer $KEY" \\`);
  story.show(`  $API/api/v1/syncs/${id}/ledger`);
  const rows = await eventually(
    async () => (await publisher('GET', `/api/v1/syncs/${id}/ledger`)).body.items as Row[],
    (read) => read.length > seen && read.at(-1)?.result === last,
  );
  story.show(lined(['time', 'system', 'action', 'result']));
  if (seen > 0) story.show(`… ${seen} rows as before`);
  for (const { row, times } of folded(rows.slice(seen)))
    story.show(
      lined([
        row.time.slice(11, 23),
        row.system,
        row.action,
        times > 1 ? `${row.result} ×${times}` : row.result,
      ]),
    );
  const broken = brokenAt(rows);
  story.claim(
    `the chain is unbroken: ${rows.length} rows, each with the hash of the row before it`,
    rows.length > 0 && !broken,
    broken ?? rows,
  );
  return rows;
}

/** Claims that each system's books agree with the ledger, and that nothing was done twice. */
export async function theBooks(
  { story, offices, id }: Scene,
  rows: Row[],
): Promise<Record<OfficeName, string>> {
  const states: Record<string, string> = {};
  for (const name of officeNames) {
    const entry = await offices.entry(name, id);
    states[name] = entry?.state ?? 'absent';
    story.row(name, written(entry));
    const once = Object.values(entry?.effects ?? {}).every((times) => times <= 1);
    story.claim(
      `${name}: the ledger says the same, and nothing was done twice`,
      states[name] === standsBy(rows, name) && once,
      entry,
    );
  }
  return states;
}

function written(entry: OfficeEntry | undefined): string {
  if (!entry || entry.state === 'absent') return 'nothing';
  const { state, delta_usd, items, effects } = entry;
  const amount =
    delta_usd !== undefined ? `, ${delta_usd} USD` : items?.count ? `, ${dollars(items.amount_minor)}` : '';
  if (Object.values(effects).every((times) => times === 0)) return 'nothing, but a tombstone of the rollback';
  return `${state.replace('-', ' ')}${amount} (${did(entry)})`;
}

const did = ({ effects }: OfficeEntry) =>
  Object.entries(effects)
    .map(([call, times]) => `${call} ${times}`)
    .join(', ');

/** The state of a system by the ledger alone. */
export function standsBy(
  rows: Pick<Row, 'system' | 'action' | 'result'>[],
  name: string,
): OfficeEntry['state'] {
  const done = rows
    .filter(({ system, result }) => system === name && result === 'success')
    .map(({ action }) => action);
  if (done.includes('rollback')) return 'rolled-back';
  return done.includes('commit') ? 'committed' : 'absent';
}

const lined = ([time = '', system = '', action = '', result = '']: string[]) =>
  `${time.padEnd(14)}${system.padEnd(11)}${action.padEnd(16)}${result}`;

/** A repeat with the same outcome is in one line, at the time of its first row. */
function folded(rows: Row[]): { row: Row; times: number }[] {
  const lines: { row: Row; times: number }[] = [];
  for (const row of rows) {
    const before = lines.at(-1);
    const same =
      before && (['system', 'action', 'result'] as const).every((field) => before.row[field] === row[field]);
    if (same) before.times += 1;
    else lines.push({ row, times: 1 });
  }
  return lines;
}
