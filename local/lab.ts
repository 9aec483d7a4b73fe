import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab, Stage } from '#examples/labs/lab.ts';
import { story } from '#examples/labs/story.ts';
import { awsClient } from './aws-client.ts';
import { checkout } from './folder.ts';
import { issueKey } from './issue-key.ts';
import { storeOf } from './store-of.ts';
import { up } from './up.ts';

/** Short, so that a lab ends before its reader's patience: money moves when a lease is over. */
const settings = { leaseSeconds: 5, settleMarginSeconds: 1, retainData: false };

/** Every file of examples/labs that exports a `lab`, or only the named ones. */
const labsOf = async (names: string[]): Promise<Lab[]> => {
  const files = readdirSync(join(checkout, 'examples', 'labs')).filter((file) => file.endsWith('.ts'));
  const wanted = files.filter((file) => names.length === 0 || names.includes(file.slice(0, -3)));
  const modules: { lab?: Lab }[] = await Promise.all(wanted.map((file) => import(`#examples/labs/${file}`)));
  return modules.flatMap(({ lab }) => (lab ? [lab] : []));
};

const write = (line: string) => void process.stdout.write(`${line}\n`);

const play = async (lab: Lab, stage: Stage): Promise<boolean> => {
  const begun = performance.now();
  const telling = story(write);
  write('');
  write(lab.title);
  write('='.repeat(lab.title.length));
  const stopped: unknown = await lab.play(stage, telling).then(
    () => undefined,
    (error) => error,
  );
  const { claims, broken } = telling.outcome();
  write('');
  write(`${claims} claims, ${claims - broken.length} as promised, in ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
  for (const claim of broken) write(`Not as promised: ${claim}`);
  if (stopped) write(`The lab could not go on. ${stopped instanceof Error ? stopped.message : stopped}`);
  return broken.length === 0 && !stopped && claims > 0;
};

/** `npm run lab`: a Lockstep of its own, the labs on it one after the other, and nothing is left. */
const main = async () => {
  const labs = await labsOf(process.argv.slice(2));
  if (labs.length === 0) throw new Error('There is no lab of that name in examples/labs.');
  const running = await up({ announced: false, settings });
  try {
    const { baseUrl, env, outputs, systems } = running;
    const store = storeOf(running);
    const stage: Stage = {
      ...{ baseUrl, systems, aws: awsClient(env), bus: outputs.BusName ?? '' },
      keyFor: (tenant, role) => issueKey(store, tenant, role),
    };
    const played: boolean[] = [];
    for (const lab of labs) played.push(await play(lab, stage));
    process.exitCode = played.every(Boolean) ? 0 : 1;
  } finally {
    await running.close();
  }
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
