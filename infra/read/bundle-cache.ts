import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from 'esbuild';

/**
 * The result of one esbuild call: the code of each door, the parts of our own files that it keeps,
 * and every file that it read.
 */
export type Made = {
  doors: Record<string, { texts: Record<string, string>; code: string }>;
  inputs: string[];
  packages: Record<string, string[]>;
};
/**
 * `texts` is what esbuild keeps of our own files, unminified; `folder` holds the deployed code,
 * `hash` is its digest.
 */
export type Bundle = { texts: Record<string, string>; folder: string; hash: string };
type Index = { inputs: Record<string, string>; doors: Record<string, Bundle> };

/** Files that decide what an import resolves to. */
const deciding = ['package.json', 'package-lock.json', 'tsconfig.json'];
export const folderOf = (root: string): string => join(root, '.lockstep', 'bundles');
const digest = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const indexOf = (root: string, asked: string[]) =>
  join(
    folderOf(root),
    `${digest(JSON.stringify([version, asked, deciding.map((file) => digestOf(root, file))]))}.json`,
  );

/**
 * The kept bundles of these doors, if none of their input files has changed. The index is then as
 * good as new, so that no sweep takes it.
 */
export const cached = (root: string, asked: string[]): Record<string, Bundle> | undefined => {
  const index = indexOf(root, asked);
  if (!existsSync(index)) return undefined;
  const { inputs, doors }: Index = JSON.parse(readFileSync(index, 'utf8'));
  const same = Object.entries(inputs).every(([file, was]) => digestOf(root, file) === was);
  const there = Object.values(doors).every(({ folder }) => existsSync(join(folder, 'index.mjs')));
  if (!same || !there) return undefined;
  utimesSync(index, new Date(), new Date());
  return doors;
};

/**
 * Stores the bundles. Each folder and the index appear whole, by a rename, so that processes may
 * do this at once and be killed.
 */
export const keep = (root: string, asked: string[], made: Made): Record<string, Bundle> => {
  const doors = Object.fromEntries(
    Object.entries(made.doors).map(([name, { texts, code }]) => {
      const hash = digest(code);
      return [name, { texts, hash, folder: keptCode(root, hash, code) }];
    }),
  );
  const inputs = Object.fromEntries(made.inputs.map((file) => [file, digestOf(root, file)]));
  const index = indexOf(root, asked);
  const draft = `${index}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify({ inputs, doors } satisfies Index));
  renameSync(draft, index);
  return doors;
};

const keptCode = (root: string, hash: string, code: string) => {
  const folder = join(folderOf(root), hash);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${randomUUID()}`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, 'index.mjs'), code);
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
};

const digestOf = (root: string, file: string) => {
  const path = join(root, file);
  return existsSync(path) ? digest(readFileSync(path)) : '';
};
