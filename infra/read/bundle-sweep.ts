import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const dayMs = 86_400_000;
/** What is kept: nothing that was last read or written longer ago, and of the rest the newest bytes. */
const keeping = { ms: 30 * dayMs, bytes: 500_000_000 };

type Entry = { path: string; usedAt: number };

/**
 * Removes the indexes of the cache that are old or beyond its size, and every folder of code that
 * no kept index names. A file that a build is still writing is younger than a day, so it stays.
 */
export const sweepBundles = (folder: string, now: number, { ms, bytes } = keeping): void => {
  const entries = readdirSync(folder).map((name) => entryAt(join(folder, name)));
  const indexes = entries.filter(({ path }) => path.endsWith('.json'));
  const [kept, left] = [new Set<string>(), { bytes }];
  for (const { path, usedAt } of indexes.toSorted((a, b) => b.usedAt - a.usedAt)) {
    const named = [path, ...foldersIn(path)].filter((each) => !kept.has(each));
    left.bytes -= named.reduce((sum, each) => sum + sizeOf(each), 0);
    if (now - usedAt > ms || left.bytes < 0) continue;
    for (const each of named) kept.add(each);
  }
  for (const { path, usedAt } of entries)
    if (!kept.has(path) && (path.endsWith('.json') || now - usedAt > dayMs))
      rmSync(path, { recursive: true, force: true });
};

/** What another process has removed meanwhile counts as old. */
const entryAt = (path: string): Entry => ({
  path,
  usedAt: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0,
});

const foldersIn = (index: string): string[] => {
  if (!existsSync(index)) return [];
  const { doors }: { doors: Record<string, { folder: string }> } = JSON.parse(readFileSync(index, 'utf8'));
  return [...new Set(Object.values(doors).map(({ folder }) => folder))];
};

const sizeOf = (path: string): number => {
  const file = path.endsWith('.json') ? path : join(path, 'index.mjs');
  return existsSync(file) ? statSync(file).size : 0;
};
