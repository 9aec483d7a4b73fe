import type { Figures } from './figures.ts';

/** A line of the table. `holds`: the bound is kept; `gate`: a broken bound fails the bench. */
export type Row = {
  metric: string;
  what: string;
  textbook: string;
  lockstep: string;
  bound: string;
  holds?: boolean;
  gate: boolean;
};
type Bound = { text: string; holds: boolean; gate?: boolean };

const usd = (amount: number, digits: number) => `$${amount.toFixed(digits)}`;
const number = (amount: number, digits = 0) =>
  amount.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const times = ({ many, one }: { many: number; one: number }) =>
  `${number(many / one, many / one < 100 ? 2 : 0)}×`;

/** Both sides beside each other, with Lockstep's bounds. */
export function rowsOf(textbook: Figures, lockstep: Figures, items: number): Row[] {
  const row = (metric: string, what: string, of: (side: Figures) => string, bound?: Bound): Row => ({
    ...{
      metric,
      what,
      textbook: of(textbook),
      lockstep: of(lockstep),
      bound: bound?.text ?? '',
      gate: bound?.gate ?? bound !== undefined,
    },
    ...(bound && { holds: bound.holds }),
  });
  const { paths, writes, hops, change, one, many } = lockstep;
  const growth = ({ one, many }: Figures) => ({ one: one.usdBesideCalls, many: many.usdBesideCalls });
  const perSaga = (side: Figures) => number(side.many.hottest.writes);
  const batch = `a batch of ${number(items)}`;
  return [
    row(
      'M10',
      'transitions when all agree',
      (side) => number(side.paths.happy.length),
      atMost(3, paths.happy.length),
    ),
    row(
      'M10',
      'transitions when one refuses',
      (side) => number(side.paths.refused.length),
      atMost(5, paths.refused.length),
    ),
    row('M11', 'writes that a saga waits for', (side) => number(side.writes), atMost(2, writes)),
    row('M11', 'writes and calls in a row, from its start to its end', (side) => number(side.hops), {
      ...atMost(4, hops),
      gate: false,
    }),
    row('', 'the same with its reads', (side) => number(side.hopsWithReads)),
    row('M12', 'a million: states, decisions, rows', (side) => usd(side.change.saga * 1e6, 2), {
      ...goal(80, change.saga * 1e6),
    }),
    row('', 'a million: everything that is billed', (side) => usd(side.change.all * 1e6, 2)),
    row('M13', `${batch}: everything that is billed`, (side) => usd(side.many.usd, 6)),
    row('', 'over a batch of one', (side) => times({ one: side.one.usd, many: side.many.usd })),
    row(
      'M13',
      'the same without the functions that call the systems',
      (side) => times(growth(side)),
      ratio(1.5, growth(lockstep)),
    ),
    row(
      'M13',
      `${batch}: calls of functions to AWS`,
      (side) => number(side.many.calls),
      atMost(24, many.calls),
    ),
    row(
      'M14',
      'one change: writes to the hottest partition in a second',
      (side) => number(side.one.hottest.writes),
      atMost(100, one.hottest.writes),
    ),
    row('M14', `${batch}: the same`, perSaga, atMost(100, many.hottest.writes)),
    row('', "one change: writes to its tenant's list", (side) => number(side.shared)),
  ];
}

const atMost = (bound: number, found: number): Bound => ({
  text: `≤ ${bound}`,
  holds: found > 0 && found <= bound,
});
const goal = (bound: number, found: number): Bound => ({
  text: `≤ $${bound}`,
  holds: found <= bound,
  gate: false,
});
const ratio = (bound: number, { one, many }: { one: number; many: number }): Bound => ({
  text: `≤ ${bound}×`,
  holds: one > 0 && many <= bound * one,
});

/** The rows that break a gating bound. */
export const broken = (rows: Row[]): Row[] => rows.filter(({ gate, holds }) => gate && holds === false);
