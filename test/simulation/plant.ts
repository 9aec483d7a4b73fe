import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Mutant } from './mutants.ts';

const product = [
  'domain',
  'events',
  'examples',
  'functions',
  'lib',
  'state-machines',
  'systems',
  'package.json',
];
const rooms = [...product, 'test/simulation', 'test/table', 'test/syncs', 'test/participants'];
export type Verdict = { found?: { seed: number; after: number; violations: string[] } };

/** Copies the rooms that the simulator runs, plants one bug, and lets the unchanged checkers look at so many histories. */
export async function hunt(
  mutant: Mutant | undefined,
  histories: number,
  script = 'test/simulation/run.ts',
): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-mutant-'));
  try {
    for (const room of rooms) await cp(room, join(folder, room), { recursive: true });
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    for (const { file, edits } of mutant ? [mutant, ...(mutant.also ?? [])] : [])
      await plant(join(folder, file), `${mutant?.story}: ${file}`, edits);
    return JSON.parse(await run(folder, [script, '--histories', String(histories)]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function plant(file: string, story: string, edits: Mutant['edits']): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [find, replace] of edits) {
    if (text.split(find).length !== 2)
      throw new Error(`"${story}" finds its text ${text.split(find).length - 1} times`);
    text = text.replace(find, () => replace);
  }
  await writeFile(file, text);
}

/** A run that finds a violation exits 1 and says what; any other failure is one. */
const run = (cwd: string, args: string[]): Promise<string> =>
  new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd, timeout: 300_000 }, (error, stdout, stderr) =>
      stdout.startsWith('{') ? done(stdout) : fail(new Error(stderr, { cause: error })),
    );
  });
