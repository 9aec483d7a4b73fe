import { cloud, hopPace } from '#bench/cloud.ts';
import { type Figures, itemsOf, type Size, sumOf } from '#bench/figures.ts';
import { officesOn } from '#bench/office-books.ts';
import type { Ended } from '#bench/task-runner.ts';
import type { State } from '#domain/syncs/sync.ts';
import type { Definition } from '#infra/stacks/sync-definition.ts';
import cheques from '#systems/cheques.json' with { type: 'json' };
import dashboard from '#systems/dashboard.json' with { type: 'json' };
import debit from '#systems/debit.json' with { type: 'json' };
import { manifest } from '#systems/manifest.ts';
import type { BatchItem } from '#systems/protocol.ts';
import { lockstep, tenant } from './product.ts';

const systems = [debit, cheques, dashboard].map((each) => manifest.parse(each));
const syncId = (n: number) => `c9c1e0aa-0000-4000-8000-${String(n).padStart(12, '0')}`;

/**
 * A Lockstep that has already done a sync, so that one-time reads and writes are not measured.
 * Each sync must end in the given state.
 */
async function warm(definition: Definition, pace?: Parameters<typeof cloud>[0]) {
  const on = cloud(pace);
  const offices = officesOn(on.clock);
  const product = lockstep({ cloud: on, definition, offices, systems });
  let n = 0;
  const sync = async (end: State, items?: BatchItem[]): Promise<Ended> => {
    on.reset();
    n += 1;
    await product.accept(syncId(n), items && { items: await product.upload(syncId(n), items) });
    await product.rest();
    const [ended, state] = [product.runs.at(-1), product.sync(syncId(n))?.state];
    if (!ended || product.runs.length !== n || state !== end)
      throw new Error(`Sync ${n} is ${state} after ${product.runs.length} executions`);
    return ended;
  };
  await sync('committed');
  return { on, offices, sync };
}
type Warm = Awaited<ReturnType<typeof warm>>;

const callsSystems = (by: string) => by.startsWith('adapter ');
const isSaga = (by: string) => by === 'machine' || by.startsWith('saga ');
/** The actors between the request and the event that reports the end. */
const onTheWay = (by: string) => by === 'door' || by === 'relay' || isSaga(by) || callsSystems(by);

/** Figures of Lockstep: one change, a refused one, its hops, and a batch. */
export async function lockstepFigures(definition: Definition, items: number): Promise<Figures> {
  const measured = await warm(definition);
  const { on, offices, sync } = measured;
  const happy = await sync('committed');
  const change = { saga: on.cost(isSaga), all: on.cost() };
  const [writes, shared] = [on.writes(isSaga), on.writesTo(`${tenant}#syncs`)];
  offices.refuse('dashboard.prepare');
  const refused = await sync('rolled_back');
  return {
    paths: { happy: happy.path, refused: refused.path },
    ...{
      writes,
      hops: await hopsOf(definition, 0),
      hopsWithReads: await hopsOf(definition, 1),
      change,
      shared,
    },
    one: await batchOf(1, measured),
    many: await batchOf(items, measured),
  };
}

async function hopsOf(definition: Definition, readMs: number): Promise<number> {
  const { sync } = await warm(definition, hopPace(readMs));
  return (await sync('committed')).ms;
}

async function batchOf(items: number, { on, sync }: Warm): Promise<Size> {
  await sync('committed', itemsOf(items));
  const calls = [...on.calls(onTheWay)].filter(([label]) => !label.endsWith(': progress'));
  return {
    usd: on.cost(),
    usdBesideCalls: on.cost((by) => !callsSystems(by)),
    calls: sumOf(new Map(calls)),
    hottest: on.hottest(),
  };
}
