import { inChunks } from '#domain/participants/batches/chunk-stream.ts';
import { progressOn } from '#domain/participants/batches/receipts.ts';
import type { Ask, Batch, BatchItem, Phase, Vote } from '#systems/protocol.ts';
import { memoryTable } from '#table/memory-table.ts';

export const amount = 2_500;
const nth = (at: number): BatchItem => ({ id: `p-${at + 1}`, amount_minor: amount });
export const batchOf = (count: number): Batch => ({
  ...{ count, amount_minor: count * amount },
  async *items(from = 0) {
    for (let at = from; at < count; at++) yield nth(at);
  },
});

/**
 * A system that does each chunk once under repeats, and takes 20 ms of its own clock for each.
 * `cutsOff`: answers after `notAfter` are lost.
 */
export function office({ tookMs = 20, cutsOff = false } = {}) {
  const time = { now: 0 };
  const [table, effects, keys]: [ReturnType<typeof memoryTable>, Map<string, number>, string[]] = [
    memoryTable(),
    new Map(),
    [],
  ];
  let [underWay, mostUnderWay, calls] = [0, 0, 0];
  const answers: Record<number, () => Vote> = {};
  const writes: number[] = [];
  const progress = progressOn({
    table: {
      ...table,
      updateItem: (write) => {
        writes.push(time.now);
        return table.updateItem(write);
      },
    },
  });
  const call = async ({ key, chunk, notAfter }: Ask): Promise<Vote> => {
    calls++;
    underWay++;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    time.now += tookMs;
    underWay--;
    // As a line does, which waits no longer than the call may take.
    if (cutsOff && time.now > notAfter)
      return { vote: 'unknown', reason: 'no whole answer within the time limit', sent: true };
    keys.push(key);
    const said = answers[chunk?.index ?? -1]?.();
    if (said && said.vote !== 'yes') return said;
    if (!effects.has(key)) effects.set(key, chunk?.count ?? 0);
    return (
      said ?? { vote: 'yes', totals: { count: chunk?.count ?? 0, amount_minor: chunk?.amount_minor ?? 0 } }
    );
  };
  const wait = async (ms: number) => {
    time.now += ms;
  };
  type More = {
    phase?: Phase;
    again?: boolean;
    notAfter?: number;
    itemsPerSecond?: number;
    atOnce?: number;
    basis?: string;
  };
  const run = (
    batch: Batch,
    {
      phase = 'commit',
      again = false,
      notAfter = 1e9,
      atOnce = 4,
      basis = 'truetrue',
      itemsPerSecond,
    }: More = {},
  ) =>
    inChunks(
      {
        ask: {
          system: { name: 'debit', calls: {}, timeoutMs: 2_000 },
          outsideToken: 'tok',
          key: 'tok:debit:commit:0',
          notAfter,
          batch,
        } as unknown as Ask & { batch: Batch },
        ...{ phase, again, way: { tenant: 'acme', outsideToken: 'tok', system: 'debit', phase, basis } },
        pace: { items: 500, atOnce, itemsPerSecond },
      },
      {
        call,
        digests: (key) => ({ request: `sent ${key}`, response: `got ${key}` }),
        progress,
        now: () => time.now,
        wait,
      },
    );
  return { run, effects, keys, answers, time, writes, seen: () => ({ calls, mostUnderWay, underWay }) };
}
