import { parseArgs } from 'node:util';
import { checks } from './checks.ts';

/** `node test/strict/run.ts --histories 5000 --seed 1`: so many cases of each claim; exit 1 at the first one against it. */
const { values } = parseArgs({
  options: {
    of: { type: 'string', default: 'strict' },
    histories: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
  },
});
let seen = 0;
for (const [claim, look] of checks) {
  const { cases, against } = look(Number(values.histories), Number(values.seed));
  seen += cases;
  if (against === undefined) continue;
  const found = { seed: Number(values.seed), after: cases, violations: [`${claim}: ${against}`] };
  process.stdout.write(`${JSON.stringify({ cases: seen, found })}\n`);
  process.exit(1);
}
process.stdout.write(`${JSON.stringify({ cases: seen })}\n`);
