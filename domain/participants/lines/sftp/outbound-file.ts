import type { Ask } from '#domain/participants/line.ts';
import { encoder } from '#lib/fixed-width/encode.ts';
import { Malformed } from '#lib/fixed-width/malformed.ts';
import type { Batch, BatchItem, Totals } from '#systems/protocol.ts';
import { type FileKind, type FileNames, fileNames } from './file-names.ts';

/**
 * One file of a sync. `length`: bytes per record; `bytes`: the records in blocks, skipping the
 * first `from`; `totals`: those of the trailer; `isRedated`: its header date changed since
 * acceptance.
 */
export type OutboundFile = FileNames & {
  kind: FileKind;
  outsideToken: string;
  sequence: string;
  totals: Totals;
  length: number;
  size: number;
  isRedated: boolean;
  header: () => Uint8Array;
  bytes: (from?: number) => AsyncGenerator<Uint8Array>;
};

/**
 * A record that the layout cannot hold: an item, the header or the trailer. A retry does not help.
 */
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

/** Writes an item's record; without `item` the header or trailer. */
function fitting(write: () => Uint8Array, item?: string): Uint8Array {
  try {
    return write();
  } catch (error) {
    throw error instanceof Malformed ? new Unwritable(item, error, error) : error;
  }
}

const blockRecords = 400;

/** The same sync makes the same bytes, so that a repeat continues where an earlier one stopped. */
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

/** Acceptance time in ms and three digits of the outside token, so that syncs differ. */
const sequenceOf = (acceptedAt: number, hex: string): string =>
  `${String(acceptedAt).padStart(13, '0')}${String(Number.parseInt(hex.slice(0, 8), 16) % 1_000).padStart(3, '0')}`;

const halfDayMs = 43_200_000;

/**
 * A system refuses a load dated the day before, and a sync may wait longer: the date is the last
 * half day since acceptance. A reversal may be as old as its load.
 */
const halfDaysBetween = (acceptedAt: number, now: number): number =>
  Math.max(0, Math.floor((now - acceptedAt) / halfDayMs));

const createdOf = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');
