import * as fc from 'fast-check';
import type { Value } from '#lib/fixed-width/codec.ts';
import { encoder } from '#lib/fixed-width/encode.ts';
import { decodeFile } from '#lib/fixed-width/file.ts';
import type { Layout } from '#systems/layout.ts';
import { anyLayout, itemFor } from './layouts.ts';

export type Item = Record<string, Value>;
const head = {
  kind: 'LOAD',
  token: 'a'.repeat(32),
  sequence: '1800000000000123',
  created: '20270115T080000Z',
};

/** A file of these items in pieces of `pieceBytes`, which may split records. */
export async function* fileOf(
  layout: Layout,
  items: Iterable<Item>,
  { pieceBytes = 65_536, document = {} as object } = {},
) {
  const write = encoder(layout);
  const totals = { count: 0, amount_minor: 0 };
  let piece: Uint8Array[] = [write.header({ ...head, ...document })];
  const cut = function* (least: number) {
    let bytes = Buffer.concat(piece);
    for (; bytes.length >= least && bytes.length > 0; bytes = bytes.subarray(pieceBytes))
      yield bytes.subarray(0, pieceBytes);
    piece = bytes.length > 0 ? [bytes] : [];
  };
  for (const item of items) {
    totals.count += 1;
    totals.amount_minor += item.amount_minor as number;
    piece.push(write.record({ item }));
    if (piece.length * write.length >= pieceBytes) yield* cut(pieceBytes);
  }
  piece.push(write.trailer({ ...totals, ...document }));
  yield* cut(0);
}

/** Encodes and decodes items. Returns the first field that differs, or undefined. */
export async function roundTrip(
  layout: Layout,
  items: Item[],
  pieceBytes: number,
): Promise<string | undefined> {
  const names = layout.record.filter(({ from }) => from !== undefined).map(({ name }) => name);
  let wrong: string | undefined;
  const { header, totals } = await decodeFile(layout, fileOf(layout, items, { pieceBytes }), (record, at) => {
    for (const name of names)
      if (!Object.is(record[name], items[at]![name])) wrong ??= `record ${at}: ${name}`;
  });
  const sum = items.reduce((sum, { amount_minor }) => sum + (amount_minor as number), 0);
  if (totals.count !== items.length || totals.amount_minor !== sum) return 'totals';
  return Object.entries(head).every(([name, value]) => header[name] === value) ? wrong : 'header';
}

/**
 * Runs files of `each` random records until there were `count`. Returns what differed, and the
 * number of records.
 */
export async function manyRoundTrips(records: number, { each = 2_000, seed = 1 } = {}) {
  let seen = 0;
  for (let file = 0; seen < records; file += 1) {
    const [layout] = fc.sample(anyLayout, { numRuns: 1, seed: seed + file });
    const items = fc.sample(itemFor(layout!), { numRuns: each, seed: seed + file });
    const wrong = await roundTrip(layout!, items, 1 + ((file * 7_919) % 70_000));
    if (wrong) return { seen, wrong: `seed ${seed + file}: ${wrong}` };
    seen += each;
  }
  return { seen, wrong: undefined };
}
