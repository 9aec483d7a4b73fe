import type { CaseFigures, ReserveFigures } from './figures.ts';
import type { Case } from './request.ts';

export type ReserveRow = {
  metric: string;
  what: string;
  peer: string;
  lockstep: string;
  floor: string;
  bound: string;
  holds?: boolean;
  gate: boolean;
};
type Side = (figures: ReserveFigures) => number;
type Bound = { text: string; holds: boolean; gate: boolean };

const cases = ['success', 'replay', 'taken', 'refused'] as const;
const number = (amount: number, digits = 0) => amount.toFixed(digits);

/**
 * The three handlers beside each other, with Lockstep's bounds. M1 to M4 and M8 are counted and
 * gate; measured figures are ratios to the peer.
 */
export function reserveRows(all: ReserveFigures[]): ReserveRow[] {
  const [lockstep, peer, floor] = ['lockstep', 'peer', 'floor'].map((name) => sideOf(all, name)) as [
    ReserveFigures,
    ReserveFigures,
    ReserveFigures,
  ];
  const row = (
    metric: string,
    what: string,
    of: (side: ReserveFigures) => string,
    bound?: Bound,
  ): ReserveRow => ({
    ...{ metric, what, peer: of(peer), lockstep: of(lockstep), floor: of(floor) },
    ...{ bound: bound?.text ?? '', gate: bound?.gate ?? false },
    ...(bound && { holds: bound.holds }),
  });
  const counted = (metric: string, what: string, field: keyof CaseFigures, bounds: Record<Case, number>) => {
    const of = (side: ReserveFigures) => cases.map((as) => side.cases[as][field]).join(' / ');
    const exactly = cases.map((as) => bounds[as]).join(' / ');
    return row(metric, what, of, { text: `= ${exactly}`, holds: of(lockstep) === exactly, gate: true });
  };
  const ratio = (metric: string, what: string, of: Side, goal?: number, digits = 0) => {
    const times = of(lockstep) / of(peer);
    const tell = (side: ReserveFigures) => `${number(of(side), digits)} (${number(of(side) / of(peer), 2)})`;
    return row(
      metric,
      what,
      tell,
      goal === undefined ? undefined : { text: `≤ ${goal} of the peer`, holds: times <= goal, gate: false },
    );
  };
  const { contention } = lockstep;
  return [
    counted('M1', 'calls to AWS: success / replay / taken / refused', 'calls', {
      success: 2,
      replay: 1,
      taken: 1,
      refused: 2,
    }),
    counted('M2', 'write units, the same cases', 'writeUnits', {
      success: 2,
      replay: 1,
      taken: 1,
      refused: 2,
    }),
    row('M3', 'calls in a row before the answer', ({ cases: { success } }) => number(success.hops), {
      ...{ text: '≤ 3', holds: lockstep.cases.success.hops <= 3, gate: true },
    }),
    ratio('', 'ms on the wall with 50 ms a call', ({ wallMs }) => wallMs, undefined, 1),
    row(
      'M4',
      'calls to outside systems for a request that comes too late',
      (side) => number(side.cases.taken.business),
      {
        ...{ text: '= 0', holds: lockstep.cases.taken.business === 0, gate: true },
      },
    ),
    row('', 'events put by the function itself', (side) => number(side.cases.success.events)),
    ratio('M5', 'µs of CPU a reservation, warm', ({ cpuUs }) => cpuUs.success, 0.46),
    ratio('', 'a replay', ({ cpuUs }) => cpuUs.replay),
    ratio('', 'too late', ({ cpuUs }) => cpuUs.taken),
    ratio('', 'refused', ({ cpuUs }) => cpuUs.refused),
    ratio('M6', 'ms of CPU, cold: import and first call', ({ cold }) => cold.cpuMs, 0.4, 1),
    row('M6', 'bundle: KB after gzip', ({ gzip }) => number(gzip / 1024, 1), {
      ...{ text: '≤ 50', holds: lockstep.gzip <= 50 * 1024, gate: false },
    }),
    row('', 'bundle: KB', ({ bytes }) => number(bytes / 1024, 1)),
    ratio('M7', 'MB of memory, cold', ({ cold }) => cold.rssMb, 0.5, 1),
    row('M8', '100 clients, one slot: winners', (side) => number(side.contention.winners), {
      ...{ text: '= 1', holds: contention.winners === 1, gate: true },
    }),
    row('M8', 'their calls to AWS', (side) => number(side.contention.calls), {
      ...{ text: '≤ 101', holds: contention.calls <= 101, gate: true },
    }),
    ratio('', 'the slowest but one, ms', (side) => side.contention.p99Ms),
    row('M9', 'bytes logged a reservation', ({ logBytes }) => number(logBytes), {
      ...{ text: '≤ 250', holds: lockstep.logBytes <= 250, gate: false },
    }),
  ];
}

function sideOf(all: ReserveFigures[], name: string): ReserveFigures {
  const found = all.find((figures) => figures.name === name);
  if (!found) throw new Error(`The bench has not measured ${name}`);
  return found;
}

const heads = ['', 'what', 'peer', 'Lockstep', 'floor', 'bound', 'holds'];
/** The cells of a table, header first. */
export const reserveCells = (rows: ReserveRow[]): string[][] => [
  heads,
  ...rows.map(({ metric, what, peer, lockstep, floor, bound, holds }) => [
    ...[metric, what, peer, lockstep, floor, bound],
    holds === undefined ? '' : holds ? 'yes' : 'no',
  ]),
];
