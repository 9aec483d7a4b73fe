import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Pin, planted } from './pins.ts';

/** A bug that a later hand might write: what it is, the places of the product that it changes, and a history that has shown it, once one is known. */
export type Mutant = { story: string; seed?: number; pins: Pin[] };
type Verdict = { found?: { seed: number; after: number; violations: string[] } };
type Range = { seed: number; histories: number };

const product = ['domain', 'events', 'examples', 'functions', 'infra', 'lib', 'systems', 'wiring'];
const around = ['state-machines', 'package.json', 'cdk.json', 'test'];
/** So many histories after the one that has shown a bug, since a small change of the product shifts it a little. */
export const near = 20;

/** A copy of what the simulators run, where one bug after another is planted, and the unchanged checkers look at histories. `program` takes the arguments of the simulators' `run.ts`, and answers as it does. */
export async function huntingGround(of: string, program = 'test/simulation/run.ts') {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-mutant-'));
  for (const room of [...product, ...around]) await cp(room, join(folder, room), { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));

  async function hunt(mutant: Mutant | undefined, { seed, histories }: Range): Promise<Verdict> {
    const changed = mutant ? planted(folder, mutant.story, mutant.pins) : [];
    try {
      for (const { path, text } of changed) await writeFile(join(folder, path), text);
      const numbers = ['--histories', String(histories), '--seed', String(seed)];
      return JSON.parse(await run(folder, [program, '--of', of, ...numbers]));
    } finally {
      for (const { path } of changed) await cp(path, join(folder, path));
    }
  }
  return {
    hunt,
    /** Begins at the history that has shown the bug; where the product has changed since, goes through all of `wide`. */
    async seek(mutant: Mutant, wide: Range): Promise<Verdict> {
      const { seed } = mutant;
      const verdict = seed === undefined ? {} : await hunt(mutant, { seed, histories: near });
      return verdict.found ? verdict : hunt(mutant, wide);
    },
    close: () => rm(folder, { recursive: true }),
  };
}

/** What a hunt has come to, and the seed to pin where the bug was not found near the one that is pinned. */
export const told = ({ story, seed = Number.NaN }: Mutant, { found }: Verdict): string => {
  if (!found) return `${story}: NOT FOUND\n`;
  const asPinned = found.seed >= seed && found.seed < seed + near;
  return `${story}: found in history ${found.seed}${asPinned ? '' : ' (pin this seed)'}: ${found.violations[0]}\n`;
};

/** A run that finds a violation exits 1 and says what; any other failure is one. */
const run = (cwd: string, args: string[]): Promise<string> =>
  new Promise((done, fail) => {
    const env = { ...process.env, NODE_COMPILE_CACHE: join(cwd, '.compiled') };
    execFile(process.execPath, args, { cwd, env, maxBuffer: 1 << 24 }, (error, stdout, stderr) =>
      stdout.startsWith('{') ? done(stdout) : fail(new Error(stderr, { cause: error })),
    );
  });
