import { fileExchangeOn } from '#domain/participants/files/exchange.ts';
import { decodeFile } from '#lib/fixed-width/file.ts';
import { type Manifest, manifest } from '#systems/manifest.ts';
import type { Ask, BatchItem, Phase, RemoteFiles } from '#systems/protocol.ts';
import { accepted, folder } from './folder.ts';
import { printer } from './printer.ts';

const system: Manifest = manifest.parse(printer);
const layout = (system.file as NonNullable<Manifest['file']>).layout;
const outsideToken = '8d3f6c1e-5b7a-5c2d-9e4f-1a2b3c4d5e6f';
export const hex = outsideToken.replaceAll('-', '');
export const load = `LS-${hex}`;
const acceptedAt = Date.parse('2027-01-15T08:00:00Z');
export const itemsOf = (count: number): BatchItem[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `pay-${at}`,
    amount_minor: at % 7 === 3 ? -at : 100 * at,
  }));

/** One printer and one sync of these items, on a clock that each reading moves by `tickMs`. */
export function scene({ items = itemsOf(1_000), tickMs = 0, budgetMs = 5_000, state = 'OH' } = {}) {
  let now = acceptedAt;
  const says = { line: accepted };
  const there = folder(layout, says);
  const read: number[] = [];
  const time = {
    now: () => {
      now += tickMs;
      return now;
    },
    wait: async (ms: number) => {
      now += ms;
    },
  };
  async function* stream(from = 0) {
    read.push(from);
    yield* items.slice(from);
  }
  const batch = {
    count: items.length,
    amount_minor: items.reduce((sum, { amount_minor }) => sum + amount_minor, 0),
    items: stream,
  };
  const files = fileExchangeOn(time);
  const askOf = (phase: string): Ask => ({
    ...{
      system,
      outsideToken,
      key: `${outsideToken}:printer:${phase}:0`,
      type: 'benefit.adjusted',
      payload: { state, delta_usd: 25 },
    },
    ...{ notAfter: now + budgetMs, acceptedAt, batch },
  });
  return {
    ...{ ...there, says, read, batch },
    ask: (phase: Phase, over: RemoteFiles = there.files) => files[phase](askOf(phase), over),
    query: () => files.query(askOf('query'), there.files),
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
    decoded: async (name: string) => {
      const records: unknown[] = [];
      const bytes = there.stored.get(name) as Buffer;
      return {
        ...(await decodeFile(
          layout,
          (async function* () {
            yield bytes;
          })(),
          (record) => void records.push(record),
        )),
        records,
      };
    },
  };
}
