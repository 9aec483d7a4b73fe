import { three } from './faulty-world.ts';
import { cellsOf, chosen, nameOf } from './matrix-cells.ts';
import { scenariosOf } from './matrix-scenarios.ts';
import { trial } from './trial.ts';
import { count, emptyTally, summaryOf, tally } from './trial-tally.ts';

/**
 * `npm run test:long`: every choice of three of the 72 faults. It exits 1 at a violation, or if a
 * fault never happened.
 */
const began = performance.now();
const [cells, sum] = [cellsOf(three), emptyTally()];
const seconds = () => `${Math.round((performance.now() - began) / 1000)} s`;
let triples = 0;
for (const faults of chosen(cells, 3)) {
  for (const scenario of scenariosOf(faults)) tally(sum, faults.length, await trial(faults, scenario));
  if (++triples % 5_000 === 0)
    process.stderr.write(
      `${count(triples)} triples, ${count(sum.violations.length)} violations, ${seconds()}\n`,
    );
}
process.stderr.write(`${summaryOf(`${count(triples)} triples`, sum)}; ${seconds()}\n`);
for (const violation of sum.violations.slice(0, 20)) process.stderr.write(`${violation}\n`);
const never = cells.map(nameOf).filter((name) => !sum.fired.has(name));
if (never.length > 0) process.stderr.write(`never happened: ${never.join(', ')}\n`);
process.exit(sum.violations.length + never.length === 0 && triples === 59_640 ? 0 : 1);
