import { parseArgs } from 'node:util';
import { simulatorOf } from './simulators.ts';

/**
 * `npm run sim -- --of syncs --histories 10000 --seed 1` runs histories from a seed on. It exits
 * 1 at the first violation, with the seed that replays it.
 */
const { values } = parseArgs({
  options: {
    of: { type: 'string', default: 'slots' },
    histories: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
});
const { history, emptyTally, tally } = await simulatorOf(values.of);
const first = Number(values.seed);
const sum = emptyTally();
for (let seed = first; seed < first + Number(values.histories); seed++) {
  const seen = await history(seed);
  tally(sum, seen);
  if (seen.violations.length === 0) continue;
  const found = { seed, after: seed - first + 1, violations: seen.violations };
  process.stdout.write(`${JSON.stringify({ ...sum, found })}\n`);
  process.exit(1);
}
process.stdout.write(`${JSON.stringify(sum)}\n`);
