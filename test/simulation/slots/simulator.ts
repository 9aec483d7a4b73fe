import type { Simulator } from '#test/simulation/engine/simulator.ts';
import { history, type Stage } from './history.ts';
import { emptyTally, type Tally, tally } from './tally.ts';

type Seen = Stage & { violations: string[] };

/** The writes, the clients' answers, and the books. */
function linesOf({ writes, seen, partner, faults, cloud, world }: Seen): string[] {
  const at = (ms: number) => `${((ms - world.start) / 1000).toFixed(3).padStart(9)} s`;
  const written = writes.map(({ at: when, by, process, image }) => {
    const { pk, v, state, hold = '', event, open = [] } = image;
    const line = `${pk} v${v} ${state} ${hold} ${event.type} by ${by || 'set-up'}/${process}, open ${[...open]}`;
    return [when, line] as const;
  });
  const saw = seen.map(({ at: when, call, process, tenant, slot, key, brand = '', saw }) => {
    const line = `  ${call}/${process} ${tenant}#${slot} ${key} ${brand} saw ${JSON.stringify(saw)}`;
    return [when, line] as const;
  });
  const books = partner.books.entries().map(({ key, state, calls }) => {
    const made = calls.map(({ at: when, call }) => `${call} at ${at(when).trim()}`);
    return `${key} ${state}: ${made.join(', ')}`;
  });
  const lines = [...written, ...saw].sort(([a], [b]) => a - b).map(([when, line]) => `${at(when)} ${line}`);
  const met = [...faults.met].map(([name, times]) => `${times} × ${name}`);
  return [...lines, ...books, `faults: ${met.join(', ')}`, `parked: ${cloud.parked.join(', ') || 'nothing'}`];
}

export const simulator: Simulator<Seen, Tally> = {
  history: (seed) => history({ seed }),
  emptyTally,
  tally,
  lines: linesOf,
};
