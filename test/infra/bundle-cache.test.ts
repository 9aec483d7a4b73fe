import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sweepBundles } from '#infra/read/bundle-sweep.ts';
import { bundlesOf } from '#infra/read/bundles.ts';
import type { Door } from '#infra/read/doors.ts';

const file = 'functions/streams/relay.ts';
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'lockstep-bundles-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};
/** A tree of one door. */
const tree = () => {
  const root = folder();
  mkdirSync(join(root, 'functions/streams'), { recursive: true });
  writeFileSync(join(root, file), "export const handler = async () => 'told';\n");
  return root;
};
const doors = [{ file } as Door];
const textOf = (root: string) => bundlesOf(root, doors).get(file)?.texts[file];
const nodeOn = (root: string, before: string) => [
  '--input-type=module',
  '-e',
  `${before}
  const { bundlesOf } = await import(${JSON.stringify(import.meta.resolve('#infra/read/bundles.ts'))});
  bundlesOf(${JSON.stringify(root)}, ${JSON.stringify(doors)});`,
];
/** The process writes half of its n-th file, and is killed. */
const dyingAt = (n: number) => `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const { writeFileSync } = fs;
  let writes = 0;
  fs.writeFileSync = (path, text) => {
    const dies = ++writes === ${n};
    writeFileSync(path, dies ? text.slice(0, text.length / 2) : text);
    if (dies) process.kill(process.pid, 'SIGKILL');
  };
  syncBuiltinESMExports();`;

describe('a build', () => {
  it('that is killed in the middle of any of its files leaves none that the next build believes', () => {
    let n = 1;
    for (; n < 20; n++) {
      const root = tree();
      const { signal, stderr } = spawnSync(process.execPath, nodeOn(root, dyingAt(n)), { encoding: 'utf8' });
      expect(textOf(root), `killed at file ${n}`).toContain('told');
      if (signal !== 'SIGKILL') {
        expect(stderr).toBe('');
        break;
      }
    }
    // The lock, the entry, the code and the index.
    expect(n).toBe(5);
  });

  it('waits for another one of the same doors, and takes what that has made', async () => {
    const root = tree();
    const lock = join(root, '.lockstep/bundles.lock');
    mkdirSync(join(root, '.lockstep'), { recursive: true });
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    onTestFinished(() => void other.kill('SIGKILL'));
    writeFileSync(lock, String(other.pid));
    const build = spawn(process.execPath, nodeOn(root, ''), { stdio: 'ignore' });
    await expect.poll(() => readdirSync(join(root, '.lockstep')).length).toBe(2);
    expect(existsSync(join(root, '.lockstep/bundles'))).toBe(false);
    other.kill('SIGKILL');
    expect(await once(build, 'exit')).toEqual([0, null]);
    expect(readdirSync(join(root, '.lockstep')).sort()).toEqual(['bundles', 'entries']);
  });
});

describe('the kept bundles', () => {
  const day = 86_400_000;
  const now = Date.now();
  const written = (path: string, text: string, days: number) => {
    writeFileSync(path, text);
    utimesSync(path, new Date(now - days * day), new Date(now - days * day));
  };
  /** A cache with an index for each of these ages in days, each with a folder of its own and one that all share. */
  const cache = (...ages: number[]) => {
    const root = folder();
    for (const name of ['shared', ...ages.map((age) => `code-${age}`)]) {
      mkdirSync(join(root, name));
      written(join(root, name, 'index.mjs'), 'x'.repeat(1_000), 0);
      utimesSync(join(root, name), new Date(now - 90 * day), new Date(now - 90 * day));
    }
    for (const age of ages) {
      const own = { folder: join(root, `code-${age}`) };
      written(
        join(root, `${age}.json`),
        JSON.stringify({ doors: { own, shared: { folder: join(root, 'shared') } } }),
        age,
      );
    }
    return root;
  };
  const left = (root: string) => readdirSync(root).sort();

  it('are swept when nobody has used them for thirty days, and what newer ones share with them stays', () => {
    const root = cache(1, 29, 31);
    sweepBundles(root, now);
    expect(left(root)).toEqual(['1.json', '29.json', 'code-1', 'code-29', 'shared']);
  });

  it('are swept beyond their size, the oldest first', () => {
    const root = cache(1, 2, 3);
    sweepBundles(root, now, { ms: 30 * day, bytes: 3_800 });
    expect(left(root)).toEqual(['1.json', '2.json', 'code-1', 'code-2', 'shared']);
  });

  it('are left alone while a build still writes them', () => {
    const root = cache(1);
    for (const [draft, days] of [
      ['new.json.draft', 0],
      ['old.json.draft', 2],
    ] as const)
      written(join(root, draft), '{"doo', days);
    sweepBundles(root, now);
    expect(left(root)).toEqual(['1.json', 'code-1', 'new.json.draft', 'shared']);
  });

  it('are as good as new when they are used', () => {
    const root = tree();
    textOf(root);
    const kept = join(root, '.lockstep/bundles');
    for (const name of readdirSync(kept)) utimesSync(join(kept, name), new Date(0), new Date(0));
    textOf(root);
    sweepBundles(kept, Date.now());
    expect(readdirSync(kept)).toHaveLength(2);
  });
});
