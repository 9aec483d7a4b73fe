import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { tenantName } from '#domain/access/api-keys.ts';
import { putSlot } from '#domain/reservations/slots/put-slot.ts';
import { readSlot } from '#domain/reservations/slots/read-slot.ts';
import type { Slot } from '#domain/reservations/slots/slot.ts';
import type { Store } from '#lib/aws/table.ts';
import { fileText } from '#lib/file-text.ts';
import { newId } from '#lib/ids.ts';
import { Problem } from '#lib/problem.ts';
import { readSlotRows, type SlotRow } from './slot-rows.ts';
import { json, lines, progress, progressDone, say } from './terminal.ts';
import { openTools } from './tools.ts';

type Asked = { tenant: string; update?: boolean; json?: boolean; stack: string };
type Outcome = 'made' | 'changed' | 'unchanged' | 'skipped';

const atOnce = 8;
const shownErrors = 20;

/** `slots import FILE.csv`: all rows are understood, or nothing is written. */
export function addSlotsImport(slots: Command): void {
  slots
    .command('import <file.csv>')
    .description(
      'make slots from a CSV file: slot_id,site,starts_at,ends_at,amount,currency,brands (brands separated by | or ;)',
    )
    .requiredOption('--tenant <name>', 'the tenant (required)')
    .option('--update', 'also change the slots that exist')
    .option('--json', 'JSON on stdout')
    .action((file: string, _, command: Command) => importSlots(file, command.optsWithGlobals()));
}

async function importSlots(file: string, { tenant, update = false, ...asked }: Asked): Promise<void> {
  if (!tenantName.test(tenant))
    throw new Error(`${tenant} cannot be a tenant: 2 to 31 of a-z, 0-9 and -, starting with a letter.`);
  const text = fileText(await readFile(file), file);
  const { rows, wrong } = readSlotRows(text);
  for (const line of wrong.slice(0, shownErrors)) say(line);
  if (wrong.length > 0) throw new Error(`${file} has ${wrong.length} mistakes; nothing was written.`);
  if (rows.length === 0)
    throw new Error(`${file} ${text.trim() === '' ? 'is empty' : 'has no slots'}: nothing was written.`);
  const { store } = await openTools(asked);
  const counts: Record<Outcome, number> = { made: 0, changed: 0, unchanged: 0, skipped: 0 };
  const left = rows.values();
  const work = async () => {
    for (const row of left) {
      counts[await bring(tenant, row, update, store)] += 1;
      progress(`${Object.values(counts).reduce((a, b) => a + b)} of ${rows.length} …`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  progressDone();
  if (asked.json) json(counts);
  else lines([toldAs(counts)]);
  if (counts.skipped > 0) say('Slots that exist were not changed; --update changes them.');
}

const toldAs = (counts: Record<Outcome, number>): string =>
  Object.entries(counts)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');

/** Make the slot; one that exists is changed from the version that was compared with, or left alone. */
async function bring(
  tenant: string,
  { slot, ...described }: SlotRow,
  update: boolean,
  store: Store,
): Promise<Outcome> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const there = await readSlot(store, tenant, slot);
    if (there && !update) return 'skipped';
    if (there && isDeepStrictEqual(describedBy(there), describedBy(described))) return 'unchanged';
    try {
      const { created } = await putSlot(
        { tenant, slot, change: newId(), ...described, ...(there && { ifMatch: [there.v] }) },
        store,
      );
      return created ? 'made' : 'changed';
    } catch (error) {
      const moved =
        error instanceof Problem && ['precondition-failed', 'precondition-required'].includes(error.code);
      if (!moved) throw error;
    }
  }
  throw new Error(`Slot ${slot} keeps changing: import it again.`);
}

const describedBy = ({ site, startsAt, endsAt, price, brands }: Omit<SlotRow, 'slot'> | Slot) => ({
  site,
  startsAt,
  endsAt,
  price,
  brands,
});
