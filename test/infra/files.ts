import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { checkout } from './synth.ts';

/** Generated files in a checkout, which git ignores. */
export const untracked = ['.git', 'node_modules', '.lockstep', 'cdk.out', 'coverage', 'cdk.context.json'];

type Import = { specifier: string; typeOnly: boolean };
/** A TypeScript file of the product, as text. */
export type File = {
  path: string;
  room: string;
  name: string;
  folders: string[];
  text: string;
  lines: number;
  imports: Import[];
};

const statement =
  /^(?:import|export)\b(\s+type\b)?(?:[^'";]*?\bfrom)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;
/** Every import and re-export of a file. */
export const importsOf = (text: string): Import[] =>
  [...text.matchAll(statement)].map(([, type, specifier, dynamic]) => ({
    specifier: specifier ?? dynamic ?? '',
    typeOnly: type !== undefined,
  }));

/** A file with this path and text. */
export const fileOf = (path: string, text = ''): File => {
  const parts = path.split('/');
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return {
    path,
    room: parts[0]!,
    name: parts.at(-1)!,
    folders: parts.slice(0, -1),
    text,
    lines,
    imports: importsOf(text),
  };
};

const rooms = readdirSync(checkout, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && !untracked.includes(entry.name),
);
/** Every TypeScript file in every room. */
export const files = rooms
  .flatMap(({ name }) => readdirSync(join(checkout, name), { recursive: true, withFileTypes: true }))
  .filter(
    (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('node_modules'),
  )
  .map((entry) => relative(checkout, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .map((path) => fileOf(path, readFileSync(join(checkout, path), 'utf8')));
