import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** An import or export that survives at run time: `import type` is erased, a package is not ours. */
const specifiers = /^(?:import|export)\b(?!\s+type\b)(?:[^'";]*?\bfrom)?\s*'([#.][^']+)'/gm;
const comments = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;

/** The files of the checkout (relative to its root) that a door's bundle contains, with their text, comments aside. */
export const bundleOf = (
  root: string,
  entry: string,
  seen = new Map<string, string>(),
): Map<string, string> => {
  const file = relative(root, entry);
  if (seen.has(file)) return seen;
  const text = readFileSync(entry, 'utf8');
  if (!file.endsWith('.ts')) return seen.set(file, '');
  seen.set(file, text.replaceAll(comments, ''));
  for (const [, specifier = ''] of text.matchAll(specifiers))
    bundleOf(root, resolve(root, entry, specifier), seen);
  return seen;
};

const resolve = (root: string, from: string, specifier: string) => {
  if (!specifier.startsWith('#')) return join(dirname(from), specifier);
  const rooms: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).imports;
  const [room, ...rest] = specifier.split('/');
  const folder = rooms[`${room}/*`];
  if (!folder)
    throw new Error(`${relative(root, from)}: '${specifier}' is not in the imports of package.json`);
  return join(root, folder.replace('*', rest.join('/')));
};
