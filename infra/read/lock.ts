import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const stepMs = 50;
/** No build takes longer; whatever holds the lock after that is not waited for. */
const longestMs = 120_000;

/**
 * Runs `work` while no other process holds the lock, so that work is not done twice. It protects
 * nothing: a lock whose process is gone, or that is held too long, is taken over.
 */
export const alone = <T>(lock: string, work: () => T, waitMs = longestMs): T => {
  mkdirSync(dirname(lock), { recursive: true });
  const draft = `${lock}.${randomUUID()}`;
  writeFileSync(draft, String(process.pid));
  try {
    for (let waited = 0; !taken(draft, lock); waited += stepMs) {
      if (waited >= waitMs || !alive(ownerOf(lock))) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stepMs);
    }
    return work();
  } finally {
    rmSync(draft, { force: true });
    if (ownerOf(lock) === process.pid) rmSync(lock, { force: true });
  }
};

/** A link appears whole, with the owner's id in it, and only where there is none. */
const taken = (draft: string, lock: string): boolean => {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
};

/** The process that holds it; 0 where it was given back meanwhile. */
const ownerOf = (lock: string): number => {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
};

const alive = (pid: number): boolean => {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
