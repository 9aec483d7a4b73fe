import { expect, it } from 'vitest';
import { three } from './faulty-world.ts';
import { type Cell, cellsOf, nameOf } from './matrix-cells.ts';
import { scenariosOf } from './matrix-scenarios.ts';
import type { OfficeName } from './scripted-offices.ts';
import { trial } from './trial.ts';
import { emptyTally, summaryOf, tally } from './trial-tally.ts';

/**
 * Four kinds of systems: dry run with query, reserve without query, reserve with query, and
 * files.
 */
const kinds: OfficeName[] = ['debit', 'dashboard', 'vault', 'cheques'];
const positions = [0, 1, 2];

it('a sync changes every system or none, whichever kind of system has the fault, in any position', {
  timeout: 240_000,
}, async () => {
  const sum = emptyTally();
  const met: string[] = [];
  for (const kind of kinds) {
    const others = three.filter((name) => name !== kind).slice(0, 2);
    for (const position of positions) {
      const systems = others.toSpliced(position, 0, kind);
      const cells: Cell[] = cellsOf([kind]).map((cell) => ({ ...cell, turn: position }));
      for (const cell of cells) {
        for (const scenario of scenariosOf([cell])) {
          const found = await trial([cell], { ...scenario, systems, ordered: true });
          tally(sum, 1, found);
          if (found.fired.has(nameOf(cell))) met.push(`${nameOf(cell)} at ${position}`);
        }
      }
    }
  }
  process.stderr.write(`${summaryOf('288 singles', sum)}\n`);
  expect(sum.violations).toEqual([]);
  expect(new Set(met).size).toBe(kinds.length * positions.length * 3 * 8);
});
