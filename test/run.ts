import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capabilities } from './capabilities.ts';
import { type Command, type Ended, ended, root, stop } from './lanes.ts';
import { askedOf, type Lane, lanesOf, vitestWords } from './run-words.ts';
import { merged, type Report, rowsOf, tableOf } from './seconds.ts';

/**
 * `npm test`: the check, and every suite beside it. `npm test -- --only syncs`: the types, and what this capability needs.
 * Every other word after `--` goes to vitest.
 */
const asked = askedOf(process.argv.slice(2));
const folders = asked.only === undefined ? [] : capabilities[asked.only];
if (!folders) {
  const names = Object.keys(capabilities).join(', ');
  process.stderr.write(`There is no capability ${asked.only || 'without a name'}: ${names}.\n`);
  process.exit(1);
}
const begun = performance.now();
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const reportFile = (report: string) => join(root, '.lockstep', report);

const check: Command = {
  words: asked.only === undefined ? ['npm', 'run', 'check'] : [bin('tsc'), '-p', '.'],
};
const lanes = lanesOf(asked);
const commandOf = (lane: Lane, nth: number): Command => ({
  words: [bin('vitest'), ...vitestWords(lane, folders, asked.words)],
  nice: lane.nice,
  shown: nth === 0,
});

for (const { report } of lanes) rmSync(reportFile(report), { force: true });
process.once('SIGTERM', () => {
  stop();
  process.exit(143);
});

/** What the check finds ends the run: nothing of it needs a test to be seen. */
const checked = ended(check).then((found) => {
  if (found.ok) return found;
  stop();
  process.stderr.write(found.output);
  process.exit(1);
});
const ran = await Promise.all(lanes.map((lane, nth) => ended(commandOf(lane, nth))));
const { seconds, output } = await checked;
for (const text of [output, ...ran.map((one) => one.output)]) process.stdout.write(text);

const reports = lanes.flatMap(({ report }) => read(report));
const report = merged(reports);
if (report.testResults.length === 0) process.stderr.write(`No test is meant by ${asked.words.join(' ')}.\n`);
const all = (performance.now() - begun) / 1000;
process.stdout.write(`\n${tableOf(rowsOf(report, root), { check: seconds }, all)}`);
// A lane without a report has lost its counts, whatever it says of itself.
const failed = lanes
  .filter(({ report }, nth) => !(ran[nth] as Ended).ok || read(report).length === 0)
  .map(({ name }) => name);
if (failed.length > 0) process.stderr.write(`\nFailed: ${failed.join(', ')}; what is above says where.\n`);
if (lanes.length > 1) writeFileSync(reportFile('report.json'), JSON.stringify(report));
process.exitCode = failed.length > 0 || report.testResults.length === 0 ? 1 : 0;

/** A lane that was ended before its report has none. */
function read(name: string): Report[] {
  try {
    return [JSON.parse(readFileSync(reportFile(name), 'utf8'))];
  } catch {
    return [];
  }
}
