import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const checkout = dirname(import.meta.dirname);
/** The folder of everything that the laptop writes. */
export const folder = join(checkout, '.lockstep');
/** HOME and TMPDIR of child processes. They are kept between runs for their caches. */
export const home = join(folder, 'home');
export const scratch = join(folder, 'tmp');
const instances = join(folder, 'instances');

/** A file's name as messages show it. */
export const shown = (path: string) => relative(checkout, path);

/**
 * A new folder for one engine and its deploy: logs, assembly, temporary files. Removes the folders
 * whose process is gone.
 */
export const openInstance = (): string => {
  prepareFolder();
  sweep(instances, /^(\d+)-/);
  return mkdtempSync(join(instances, `${process.pid}-`));
};

export const prepareFolder = () => {
  for (const path of [home, scratch, instances]) mkdirSync(path, { recursive: true });
  // The engine starts functions by a CommonJS script in its TMPDIR, which the checkout's own
  // package.json would make ESM.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
};

/**
 * Removes the files of processes that are gone from a folder; `owner` finds the process id in a
 * name.
 */
export const sweep = (path: string, owner: RegExp) => {
  for (const name of readdirSync(path)) {
    const pid = Number(owner.exec(name)?.[1]);
    if (pid && !alive(pid)) rmSync(join(path, name), { recursive: true, force: true });
  }
};

export const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
