import { cloud, hopPace } from '#bench/cloud.ts';
import { type Figures, itemsOf, type Size, sumOf } from '#bench/figures.ts';
import { officesOn } from '#bench/office-books.ts';
import { textbook } from './textbook.ts';

const stage = (pace?: Parameters<typeof cloud>[0]) => {
  const on = cloud(pace);
  const offices = officesOn(on.clock);
  return { on, offices, ...textbook(on, offices) };
};
type Stage = ReturnType<typeof stage>;

const callsOffices = (by: string) => /^(prepare|commit|rollback) /.test(by);
const isSaga = (by: string) => by !== 'gateway' && by !== 'door' && !callsOffices(by);

/**
 * Figures of the textbook saga: one change, a refused one, its hops, and a saga for each item of
 * a batch.
 */
export async function textbookFigures(items: number): Promise<Figures> {
  const alone = stage();
  const [happy] = await alone.change('change-1', itemsOf(1));
  const [one, writes] = [sizeOf(alone), alone.on.writes(isSaga)];
  const change = { saga: alone.on.cost(isSaga), all: one.usd };
  alone.offices.refuse('dashboard.prepare');
  const [refused] = await alone.change('change-2', itemsOf(1));

  // It reads nothing, so its hops are the same with reads.
  const [counted] = await stage(hopPace(1)).change('change-1', itemsOf(1));
  const hops = counted?.ms ?? Number.NaN;

  const many = stage();
  await many.change('batch-1', itemsOf(items));
  return {
    paths: { happy: happy?.path ?? [], refused: refused?.path ?? [] },
    ...{ writes, hops, hopsWithReads: hops, change, shared: 0, one, many: sizeOf(many) },
  };
}

const sizeOf = ({ on }: Stage): Size => ({
  usd: on.cost(),
  usdBesideCalls: on.cost((by) => !callsOffices(by)),
  // Step Functions puts rows and events itself: the only function that calls AWS is the one that
  // starts the sagas.
  calls: sumOf(on.calls((by) => by === 'door')),
  hottest: on.hottest(),
});
