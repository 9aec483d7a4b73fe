import { parse } from 'csv-parse/sync';
import type * as z from 'zod';
import { slotFields, toDescribed } from '#domain/reservations/slots/slot-fields.ts';
import { decimal } from '#lib/http/decimal.ts';

const columns = ['slot_id', 'site', 'starts_at', 'ends_at', 'amount', 'currency', 'brands'] as const;
type Columns = Record<(typeof columns)[number], string>;
const needed = ['slot_id', 'site', 'starts_at'];

export type SlotRow = { slot: number } & ReturnType<typeof toDescribed>;
/** What is wrong where: `line 3, starts_at: …`. */
export type Read = { rows: SlotRow[]; wrong: string[] };

/** Understands a CSV file of slots. Every bad row is named by its line and field, so that a file is mended in one go. */
export function readSlotRows(text: string): Read {
  const read = { rows: [], wrong: [] } as Read;
  const lineOf = new Map<number, number>();
  for (const { line, record, ragged } of recordsOf(text)) {
    if (ragged) {
      read.wrong.push(`line ${line}: has more or fewer fields than the first line.`);
      continue;
    }
    const { id, fields } = understood(record);
    const wrong = [...problemsOf(id, 'slot_id'), ...problemsOf(fields)];
    const before = id.success ? lineOf.get(id.data) : undefined;
    if (before) wrong.push(`slot_id: ${id.data} is already in line ${before}.`);
    if (id.success && !before) lineOf.set(id.data, line);
    if (wrong.length > 0) read.wrong.push(...wrong.map((what) => `line ${line}, ${what}`));
    else if (id.success && fields.success) read.rows.push({ slot: id.data, ...toDescribed(fields.data) });
  }
  return read;
}

function recordsOf(text: string): { line: number; record: Partial<Columns>; ragged: boolean }[] {
  const header = (names: string[]) => {
    const absent = needed.find((name) => !names.includes(name));
    const twice = names.find((name, at) => names.indexOf(name) < at);
    const unknown = names.find((name) => !columns.includes(name as keyof Columns));
    if (absent) throw new Error(`line 1: the column ${absent} is missing.`);
    if (unknown !== undefined)
      throw new Error(`line 1: there is no column '${unknown}': the columns are ${columns.join(', ')}.`);
    if (twice) throw new Error(`line 1: the column ${twice} is there twice.`);
    return names;
  };
  const records = parse(text, {
    columns: header,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    info: true,
    relax_column_count: true,
  }) as unknown as {
    info: { lines: number; error?: Error };
    record: Partial<Columns>;
  }[];
  return records.map(({ info, record }) => ({ line: info.lines, record, ragged: info.error !== undefined }));
}

function understood({ slot_id, site, starts_at, ends_at, amount, currency, brands }: Partial<Columns>) {
  const priced = amount || currency;
  const fields = {
    site,
    starts_at,
    ...(ends_at && { ends_at }),
    ...(priced && {
      price: {
        amount: /^\d+$/.test(amount ?? '') ? Number(amount) : amount,
        currency: currency || undefined,
      },
    }),
    ...(brands && { brands: brands.split(/[|;]/).map((brand) => brand.trim()) }),
  };
  return { id: decimal.safeParse(slot_id), fields: slotFields.safeParse(fields) };
}

/** The column that a path of the schema comes from: `price.amount` is `amount`, `brands.1` is `brands`. */
const problemsOf = ({ error }: z.core.util.SafeParseResult<unknown>, column?: string): string[] =>
  (error?.issues ?? []).map(
    ({ path, message }) => `${column ?? (path[0] === 'price' ? path[1] : path[0])?.toString()}: ${message}`,
  );
