import { parseArgs } from 'node:util';
import { simulatorOf } from './simulators.ts';

/**
 * `npm run sim:replay -- --of syncs --seed N` prints one history step by step, with its
 * violations.
 */
const { values } = parseArgs({
  options: { of: { type: 'string', default: 'slots' }, seed: { type: 'string' } },
});
if (!values.seed) throw new Error('Say which: --seed N');
const { history, lines } = await simulatorOf(values.of);
const seen = await history(Number(values.seed));
const end = seen.violations.length > 0 ? ['VIOLATIONS', ...seen.violations] : ['nothing is wrong'];
process.stdout.write([...lines(seen), ...end, ''].join('\n'));
