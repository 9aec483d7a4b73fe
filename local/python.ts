import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folder, prepareFolder, scratch, shown, sweep } from './folder.ts';
import { keep } from './keep.ts';

const requirements = join(import.meta.dirname, 'requirements.txt');
const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const ask =
  'import json, sys; sys.version_info >= (3, 10) or sys.exit(1); print(json.dumps({"executable": sys.executable, "version": sys.version}))';

const waysOut = (because: string) =>
  `${because}: install Python 3.10 or newer with python3-venv or pip, or run the engine in Docker (\`docker compose up\`, then ` +
  'AWS_ENDPOINT_URL=http://127.0.0.1:4566), or set AWS_ENDPOINT_URL to an engine that runs elsewhere.';

export type Python = { executable: string; version: string };

/** The first Python on PATH that is new enough. */
export const findPython = (env: NodeJS.ProcessEnv): Python => {
  for (const name of names) {
    try {
      return JSON.parse(
        execFileSync(name, ['-c', ask], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
      );
    } catch {
      // Absent, too old, or a shim without a version behind it: try the next name.
    }
  }
  throw new Error(waysOut('The engine needs Python 3.10 or newer, and none is on PATH'));
};

/**
 * The engine's Python, with the engine installed from the pinned wheels; the first install takes
 * seconds.
 */
export const installEngine = async (
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<string[]> => {
  prepareFolder();
  const python = findPython(env);
  const place = engineFolder(python);
  if (!existsSync(place)) await install(python, place, env, say);
  return engineAt(place, python);
};

/** Each list of requirements and each Python has its own folder. */
export const engineFolder = ({ executable, version }: Python): string => {
  const identity = [readFileSync(requirements, 'utf8'), executable, version].join('\n');
  return join(folder, `engine-${createHash('sha256').update(identity).digest('hex').slice(0, 12)}`);
};

/**
 * A `venv` has its own Python; a folder of packages (`pip install --target`) runs with the Python
 * that installed it.
 */
const engineAt = (place: string, python: Python) =>
  existsSync(join(place, 'pyvenv.cfg'))
    ? [join(place, 'bin', 'python'), '-m', 'ministack']
    : ['/usr/bin/env', `PYTHONPATH=${place}`, python.executable, '-m', 'ministack'];

/**
 * Installs under another name and then renames, so that an interrupted install is never taken for
 * a complete one.
 */
const install = async (
  python: Python,
  place: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
) => {
  say('Installing the engine (once, some 90 MB) …');
  sweep(folder, /^engine-.*\.partial-(\d+)-/);
  const partial = mkdtempSync(`${place}.partial-${process.pid}-`);
  try {
    const log = join(folder, 'install.log');
    if (!(await fill(partial, python, env, log)))
      throw new Error(waysOut(`The engine could not be installed (${shown(log)} says why)`));
    if (!existsSync(place)) renameSync(partial, place);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
};

const fill = async (
  partial: string,
  { executable }: Python,
  env: NodeJS.ProcessEnv,
  log: string,
): Promise<boolean> => {
  // HOME is unchanged: pip reads its settings from there, and finds its warm cache.
  const run = async (...command: string[]) =>
    (await keep({ command, cwd: folder, env: { ...env, TMPDIR: scratch }, log }).exited) === 0;
  const pip = [
    '-m',
    'pip',
    'install',
    '--disable-pip-version-check',
    '--no-input',
    '--no-deps',
    '--require-hashes',
    '-r',
    requirements,
  ];
  if (await run(executable, '-m', 'venv', partial)) return run(join(partial, 'bin', 'python'), ...pip);
  rmSync(partial, { recursive: true, force: true });
  return run(executable, ...pip, '--target', partial);
};
