import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Pin, planted } from './pins.ts';

/** A planted bug: its title, and the places of the product that it changes. */
export type Mutant = { story: string; pins: Pin[] };
/** `program`: what looks, with the arguments and the answer of the simulators' `run.ts`. */
type Hunting = { of: string; histories: number; seed?: number; program?: string };
export type Verdict = { found?: { seed: number; after: number; violations: string[] } };

const product = ['domain', 'events', 'examples', 'functions', 'infra', 'lib', 'systems', 'wiring'];
const around = ['state-machines', 'package.json', 'cdk.json', 'test'];

/**
 * Copies what the simulators run, plants one bug, and runs so many histories with unchanged
 * checkers.
 */
export async function runMutant(
  mutant: Mutant | undefined,
  { of, histories, seed = 1, program = 'test/simulation/run.ts' }: Hunting,
): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-mutant-'));
  try {
    for (const room of [...product, ...around]) await cp(room, join(folder, room), { recursive: true });
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    for (const { path, text } of mutant ? planted(folder, mutant.story, mutant.pins) : [])
      await writeFile(join(folder, path), text);
    const asked = [program, '--of', of, '--histories', String(histories), '--seed', String(seed)];
    return JSON.parse(await run(folder, asked));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A run that finds a violation exits 1 and prints it. Any other failure is an error. */
const run = (cwd: string, args: string[]): Promise<string> =>
  new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd, timeout: 300_000 }, (error, stdout, stderr) =>
      stdout.startsWith('{') ? done(stdout) : fail(new Error(stderr, { cause: error })),
    );
  });
