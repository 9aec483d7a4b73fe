import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const checkout = dirname(import.meta.dirname);
/** Everything that the laptop writes is in here. */
export const folder = join(checkout, '.lockstep');
/** HOME and TMPDIR of children that outlive no deploy, kept between runs for what they cache. */
export const home = join(folder, 'home');
export const scratch = join(folder, 'tmp');
const instances = join(folder, 'instances');

/** How a sentence names a file. */
export const shown = (path: string) => relative(checkout, path);

/** A new folder for one engine and its deploy: logs, assembly, temporary files. Takes away those whose process is gone. */
export const openInstance = (): string => {
  prepareFolder();
  sweep(instances, /^(\d+)-/);
  return mkdtempSync(join(instances, `${process.pid}-`));
};

export const prepareFolder = () => {
  for (const path of [home, scratch, instances]) mkdirSync(path, { recursive: true });
  // The engine starts functions by a CommonJS script in its TMPDIR, and the checkout's own package.json would make that ESM.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
};

/** Removes what processes that are gone have left in a folder; `owner` finds the process id in a name. */
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
