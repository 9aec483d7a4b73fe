import { setTimeout as sleep } from 'node:timers/promises';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { functionLines, type Line } from './function-lines.ts';
import type { Scene, SyncView } from './ohio-scene.ts';
import { statesEntered } from './state-history.ts';

type Counts = Record<string, number>;
/**
 * The cost of one batch. `calls`: the functions' AWS calls between the request and the event, by
 * function and by operation.
 */
export type Cost = {
  states: string[];
  calls: { total: number; by: Counts; of: Counts };
  progress: number;
  beside: number;
  seconds: number;
  peakMb: number;
};

/**
 * The functions between a sync's acceptance and its event. Subscribers, readers and schedules are
 * not on that path.
 */
const onTheWay = ({ message }: Line): boolean =>
  /^POST .*\/syncs$/.test(message) ||
  message === 'relay' ||
  message === 'participant' ||
  message.startsWith('saga/');
const byTheMinute = ({ message }: Line): boolean =>
  message === 'watchdog' || message.startsWith('every-') || message.startsWith('schedules/');

/**
 * Counts from the functions' log lines, once no new ones come, and from the history of the
 * execution.
 */
export async function costOf({ stage, tenant, id }: Scene, sync: SyncView, since: number): Promise<Cost> {
  const lines = await atRest(() => functionLines(stage, since));
  const way = lines.filter(onTheWay);
  const beside = lines.filter(
    (line) => !onTheWay(line) && !byTheMinute(line) && !line.message.startsWith('GET '),
  );
  const states = await statesEntered(stage, { tenant, outsideToken: outsideTokenOf(tenant, id), epoch: 1 });
  const progress = sum(way.map(({ writes }) => writes?.progress ?? 0));
  return {
    states: states ?? [],
    calls: {
      total: callsIn(way) - progress,
      by: grouped(way),
      of: added(way.map(({ aws_calls = {} }) => aws_calls)),
    },
    progress,
    beside: callsIn(beside),
    seconds: (Date.parse(sync.ended_at ?? '') - Date.parse(sync.accepted_at)) / 1000,
    peakMb: Math.max(0, ...lines.map(({ peak_mb = 0 }) => peak_mb)),
  };
}

const callsIn = (lines: Line[]): number =>
  sum(lines.flatMap(({ aws_calls = {} }) => Object.values(aws_calls)));

const grouped = (lines: Line[]): Counts =>
  added(
    lines.map((line) => ({
      [line.system ? `adapter of ${line.system}` : line.message]:
        callsIn([line]) - (line.writes?.progress ?? 0),
    })),
  );

function added(all: Counts[]): Counts {
  const total: Counts = {};
  for (const [name, times] of all.flatMap((one) => Object.entries(one)))
    total[name] = (total[name] ?? 0) + times;
  return total;
}

const sum = (all: number[]): number => all.reduce((one, other) => one + other, 0);

/** Log lines arrive late: reads until two readings, two seconds apart, are equal. */
async function atRest(read: () => Promise<Line[]>): Promise<Line[]> {
  for (let [before, turn] = [await read(), 0]; ; turn++) {
    await sleep(2_000);
    const now = await read();
    if ((now.length === before.length && now.some(onTheWay)) || turn >= 20) return now;
    before = now;
  }
}
