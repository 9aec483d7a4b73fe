import { parseArgs } from 'node:util';
import { history } from './history.ts';
import { emptyTally, tally } from './tally.ts';

/** `npm run sim -- --histories 100000 --seed 1`: many histories from one seed on; exit 1 and the seed that replays it at the first violation. */
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const first = Number(values.seed);
const sum = emptyTally();
for (let seed = first; seed < first + Number(values.histories); seed++) {
  const found = await history({ seed });
  tally(sum, found);
  if (found.violations.length === 0) continue;
  process.stdout.write(
    `${JSON.stringify({ ...sum, found: { seed, after: seed - first + 1, violations: found.violations } })}\n`,
  );
  process.exit(1);
}
process.stdout.write(`${JSON.stringify(sum)}\n`);
