import { encoder } from '#lib/fixed-width/encode.ts';
import { Malformed } from '#lib/fixed-width/malformed.ts';
import type { Ask, Batch, BatchItem, Totals } from '#systems/protocol.ts';

/** A file is written, or taken back by another file with every amount turned round. */
export type FileKind = 'LOAD' | 'REVERSAL';

/**
 * One file of a sync: its names at the other side, how it is to be answered, and what is in it. `length` is that of each record; `bytes` makes them afresh,
 * in blocks of whole records, without the first `from` of them. `totals` are those that its trailer has; `isRedated`: its header has another date by now than
 * it had at first. `seen` is ours alone: how far it has been read back.
 */
export type OutboundFile = {
  kind: FileKind;
  outsideToken: string;
  sequence: string;
  totals: Totals;
  length: number;
  size: number;
  part: string;
  dat: string;
  rsp: string;
  void: string;
  seen: string;
  isRedated: boolean;
  header: () => Uint8Array;
  bytes: (from?: number) => AsyncGenerator<Uint8Array>;
};

/** A record that has no place in a file of this layout: that of an item, or the header or trailer. It has none tomorrow either. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
  readonly item: string | undefined;
  readonly reason: string;

  constructor(item: string | undefined, { code, field }: Malformed, cause: unknown) {
    super(`A record cannot be written: ${code}`, { cause });
    this.item = item;
    this.reason = field ? `${field}: ${code}` : code;
  }
}

/** What is written for an item; without one for the file. */
function fitting(write: () => Uint8Array, item?: string): Uint8Array {
  try {
    return write();
  } catch (error) {
    throw error instanceof Malformed ? new Unwritable(item, error, error) : error;
  }
}

const blockRecords = 400;

/** The same sync makes the same bytes, so that a repeat can go on where an earlier one has stopped. */
export function outboundFile(ask: Ask, kind: FileKind, now: number): OutboundFile {
  const { system, batch, outsideToken, type, payload, acceptedAt } = ask;
  if (!system.file || !batch) throw new Error(`${system.name} takes files of items, and there are none`);
  const hex = outsideToken.replaceAll('-', '');
  const sign = kind === 'LOAD' ? 1 : -1;
  const totals = { count: batch.count, amount_minor: sign * batch.amount_minor };
  const sequence = sequenceOf(acceptedAt, hex);
  const halfDays = kind === 'LOAD' ? halfDaysBetween(acceptedAt, now) : 0;
  const created = createdOf(acceptedAt + halfDays * halfDayMs);
  const document = { token: hex, kind, sequence, created, type, payload, ...totals };
  const write = encoder(system.file.layout);
  const writers: Writers = {
    header: () => fitting(() => write.header(document)),
    record: (item) =>
      fitting(
        () => write.record({ ...document, item: { ...item, amount_minor: sign * item.amount_minor } }),
        item.id,
      ),
    trailer: () => fitting(() => write.trailer(document)),
  };
  return {
    ...{
      kind,
      outsideToken: hex,
      sequence,
      totals,
      length: write.length,
      size: (batch.count + 2) * write.length,
    },
    ...fileNames(hex, kind),
    isRedated: halfDays > 0,
    header: writers.header,
    bytes: (from = 0) => blocks(records(batch, from, writers)),
  };
}

/** Below the folder. A tombstone is about both files. */
export function fileNames(
  hex: string,
  kind: FileKind,
): Pick<OutboundFile, 'part' | 'dat' | 'rsp' | 'void' | 'seen'> {
  const name = kind === 'LOAD' ? `LS-${hex}` : `LS-${hex}-R`;
  return {
    part: `${name}.part`,
    dat: `${name}.dat`,
    rsp: `${name}.rsp`,
    void: `LS-${hex}.void`,
    seen: `${name}.seen`,
  };
}

type Writers = {
  header: () => Uint8Array;
  record: (item: BatchItem) => Uint8Array;
  trailer: () => Uint8Array;
};

/** The header is record 0, so the first item is record 1. */
async function* records(batch: Batch, from: number, write: Writers): AsyncGenerator<Uint8Array> {
  if (from === 0) yield write.header();
  if (from <= batch.count)
    for await (const item of batch.items(Math.max(0, from - 1))) yield write.record(item);
  if (from <= batch.count + 1) yield write.trailer();
}

async function* blocks(each: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  for await (const one of each) {
    if (held.push(one) < blockRecords) continue;
    yield Buffer.concat(held);
    held = [];
  }
  if (held.length > 0) yield Buffer.concat(held);
}

/** When the sync was accepted, in milliseconds, and three digits of its token: two of the same millisecond do not meet. */
const sequenceOf = (acceptedAt: number, hex: string): string =>
  `${String(acceptedAt).padStart(13, '0')}${String(Number.parseInt(hex.slice(0, 8), 16) % 1_000).padStart(3, '0')}`;

const halfDayMs = 43_200_000;

/**
 * A load of the day before is refused, and a sync may wait for longer than a day: so it is dated by the last half day that has passed since it was accepted.
 * A reversal may be as old as what it reverses.
 */
const halfDaysBetween = (acceptedAt: number, now: number): number =>
  Math.max(0, Math.floor((now - acceptedAt) / halfDayMs));

const createdOf = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');
