import { count } from '#test/simulation/engine/faults.ts';
import { type Stage, syncsIn } from './stage.ts';

/**
 * Counts over many histories. Tests require minimums of them, so that a run without commits
 * cannot pass.
 */
export const emptyTally = () => ({
  histories: 0,
  states: {} as Record<string, number>,
  woken: 0,
  calls: {} as Record<string, number>,
  faults: {} as Record<string, number>,
});
export type Tally = ReturnType<typeof emptyTally>;

export function tally(sum: Tally, { table, writes, calls, faults }: Stage): void {
  sum.histories += 1;
  const states = new Map<string, number>();
  for (const { state } of syncsIn(table)) count(states, state);
  sum.woken += writes.filter(
    ({ image }) => image.event.type === 'sync.woken' && image.eventV === image.v,
  ).length;
  add(sum.states, states);
  add(sum.calls, calls);
  add(sum.faults, faults.met);
}

function add(sum: Record<string, number>, more: Map<string, number>): void {
  for (const [name, times] of more) sum[name] = (sum[name] ?? 0) + times;
}
