import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Lab, Stage } from '#examples/labs/lab.ts';
import { story } from '#examples/labs/story.ts';
import { cleanedLines } from '#lib/text.ts';
import { awsClient } from './aws-client.ts';
import { checkout } from './folder.ts';
import { issueKey } from './issue-key.ts';
import { sayError } from './say.ts';
import { storeOf } from './store-of.ts';
import { up } from './up.ts';

/** Short, so that a lab ends before its reader's patience: money moves when a lease is over, and a dead system is given up in seconds. */
const settings = {
  ...{ leaseSeconds: 5, settleMarginSeconds: 1, retainData: false },
  // Fifty callers of a lab share one key.
  ...{ keyRatePerSecond: 1_000, keyBurst: 1_000 },
  ...{ retrySeconds: 1, retryBackoff: 1.2, retryAttempts: 6, retryMaxSeconds: 4 },
  ...{ waitSeconds: 1, watchdogSeconds: 10, syncDeadlineSeconds: 10 },
};

/** Every file of examples/labs that exports a `lab`, by its name. */
const allLabs = async (): Promise<Map<string, Lab>> => {
  const files = readdirSync(join(checkout, 'examples', 'labs')).filter((file) => file.endsWith('.ts'));
  const found: [string, { lab?: Lab }][] = await Promise.all(
    files.map(async (file) => [file.slice(0, -3), await import(`#examples/labs/${file}`)]),
  );
  return new Map(found.flatMap(([name, { lab }]) => (lab ? [[name, lab]] : [])));
};

type Asked = { kill?: string | undefined; items?: string | undefined };

/** What is to be played: the named labs, or all; with `kill`, those in which a system can die, with that death; with `items`, those that have batches. */
const labsOf = async (names: string[], { kill, items }: Asked): Promise<Lab[]> => {
  const all = await allLabs();
  const unknown = names.find((name) => !all.has(name));
  if (unknown !== undefined)
    throw new Error(`There is no lab "${unknown}": the labs are ${[...all.keys()].join(' and ')}.`);
  const labs = [...all].flatMap(([name, lab]) => (names.length === 0 || names.includes(name) ? [lab] : []));
  const special = (made: Lab[], sentence: string) => {
    if (made.length === 0) throw new Error(sentence);
    return made;
  };
  if (items !== undefined && kill !== undefined)
    throw new Error('Give either --items or --kill: no system can be killed in the lab of batches.');
  if (items !== undefined) {
    const count = countOf(items);
    return special(
      labs.flatMap(({ batching }) => (batching ? [batching(count)] : [])),
      `There are no batches in ${names.join(' and ')}.`,
    );
  }
  if (kill !== undefined)
    return special(
      labs.flatMap(({ killing }) => (killing ? [killing(kill)] : [])),
      `Nothing can be killed in ${names.join(' and ')}.`,
    );
  const encore = ({ killing, encore }: Lab) =>
    names.length === 0 && killing && encore ? [killing(encore)] : [];
  return labs.flatMap((lab) => [lab, ...encore(lab)]);
};

const mostItems = 100_000;

const countOf = (items: string): number => {
  const count = /^\d{1,6}$/.test(items) ? Number(items) : 0;
  if (count < 1 || count > mostItems)
    throw new Error(`--items is a number from 1 to ${mostItems}, as in --items 30000.`);
  return count;
};

/** What the command line says, on either of its two streams, and how it ends. */
const lockstep = (...args: string[]): Promise<{ code: number; text: string }> =>
  new Promise((done) => {
    const child = execFile(process.execPath, [join(checkout, 'cli', 'lockstep.ts'), ...args], (_, out, err) =>
      done({ code: child.exitCode ?? 1, text: out + err }),
    );
  });

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
  write(
    `${claims} claims, ${claims - broken.length} as promised, in ${((performance.now() - begun) / 1000).toFixed(0)} s.`,
  );
  for (const claim of broken) write(`Not as promised: ${claim}`);
  if (stopped)
    write(cleanedLines(`The lab could not go on. ${stopped instanceof Error ? stopped.message : stopped}`));
  return broken.length === 0 && !stopped && claims > 0;
};

/** `npm run lab`: a Lockstep of its own, the labs on it one after the other, and nothing is left. */
const main = async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { kill: { type: 'string' }, items: { type: 'string' } },
  });
  const labs = await labsOf(positionals, values);
  const running = await up({ announced: false, settings });
  try {
    const { baseUrl, env, outputs, systems, switchboard } = running;
    const store = storeOf(running);
    const stage: Stage = {
      ...{ baseUrl, systems, switchboard, aws: awsClient(env), bus: outputs.BusName ?? '' },
      ...{ machine: outputs.MachineArn ?? '', logGroup: outputs.LogGroupName ?? '', lockstep },
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
  sayError(error);
  process.exitCode = 1;
}
