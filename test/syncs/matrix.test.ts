import { expect, it } from 'vitest';
import { shareOf } from '#test/long.ts';
import { three } from './faulty-world.ts';
import { cellsOf, chosen, nameOf } from './matrix-cells.ts';
import { moreScenariosOf, policiesOf } from './matrix-scenarios.ts';
import type { OfficeName } from './scripted-offices.ts';
import { trial } from './trial.ts';
import { count, emptyTally, summaryOf, tally } from './trial-tally.ts';

const timeoutMs = 900_000;
/** The fault that makes the others roll back, so that their faults in rollback happen. */
const refusal = 'a definite no for ever';
/** Coprime to the number of faults, so that the share of `npm test` contains all of them. */
const stride = 7;
const print = (line: string) => void process.stderr.write(`${line}\n`);

it('a sync changes every system or none, or is parked with a cause, under any one or two of 72 faults', {
  timeout: timeoutMs,
}, async () => {
  const [cells, sum] = [cellsOf(three), emptyTally()];
  const [singles, pairs] = [[...chosen(cells, 1)], [...chosen(cells, 2)]];
  const tried = [...singles, ...shareOf(pairs, stride)];
  for (const [nth, faults] of tried.entries())
    for (const scenario of moreScenariosOf(faults, nth))
      tally(sum, faults.length, await trial(faults, scenario));
  print(
    summaryOf(
      `${singles.length} singles, ${count(tried.length - singles.length)} of ${count(pairs.length)} pairs`,
      sum,
    ),
  );
  expect(sum.violations).toEqual([]);
  expect([singles.length, pairs.length]).toEqual([72, 2556]);
  expect(cells.map(nameOf).filter((name) => !sum.fired.has(name))).toEqual([]);
});

/**
 * A delivery that the network repeats cannot be corrected at a system that does not recognise it.
 */
const preventable = cellsOf([...three, 'letters']).filter(
  ({ system, phase, fault }) => !(system === 'letters' && phase === 'commit' && fault === 'a duplicate'),
);
const irreversible = cellsOf([...three, 'gazette']).filter(
  ({ system, phase }) => !(system === 'gazette' && phase === 'rollback'),
);

it.each([
  ['a system that cannot recognise a repeat', 'letters', preventable],
  ['a system that cannot be undone', 'gazette', irreversible],
] as [string, OfficeName, typeof preventable][])(
  'keeps its word with %s among four, under any fault there beside any other',
  { timeout: timeoutMs },
  async (what, name, cells) => {
    const sum = emptyTally();
    const isRefusal = (pair: typeof cells) =>
      pair.some(({ system, phase, fault }) => system === name && phase !== 'rollback' && fault === refusal);
    const pairs = [...chosen(cells, 2)].filter((pair) => pair.some(({ system }) => system === name));
    const plans = [
      ...chosen(cells, 1),
      ...pairs.filter(isRefusal),
      ...shareOf(
        pairs.filter((pair) => !isRefusal(pair)),
        stride,
      ),
    ];
    for (const faults of plans)
      for (const onCommitFailure of policiesOf(faults))
        tally(sum, faults.length, await trial(faults, { systems: [...three, name], onCommitFailure }));
    print(summaryOf(`with ${what}, ${count(plans.length)} singles and pairs`, sum));
    expect(sum.violations).toEqual([]);
    expect(cells.map(nameOf).filter((each) => !sum.fired.has(each))).toEqual([]);
  },
);
