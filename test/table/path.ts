import type { Tokens } from './tokens.ts';
import { validation } from './validation.ts';
import { type AttributeMap, isMap } from './values.ts';

/**
 * A document path by its words: `#past.#mine` is ['past', 'mine']. The request's `names` resolve
 * them.
 */
export type Path = readonly string[];
export type Names = Readonly<Record<string, string>> | undefined;

export function parsePath(tokens: Tokens): Path {
  const path = [tokens.word('#')];
  while (tokens.skip('.')) path.push(tokens.word('#'));
  return path;
}

export const nameOf = (word: string, names: Names): string => names?.[word] ?? word;

export function readPath(map: AttributeMap, path: Path, names: Names): unknown {
  let value: unknown = map;
  for (let at = 0; at < path.length; at++) {
    if (at > 0 && !isMap(value)) return undefined;
    const name = nameOf(path[at]!, names);
    value = Object.hasOwn(value as AttributeMap, name) ? (value as AttributeMap)[name] : undefined;
  }
  return value;
}

/**
 * Sets what is at the path, or removes it with undefined. The given map is changed; shared maps
 * below it are copied.
 */
export function writePath(map: Record<string, unknown>, path: Path, names: Names, value: unknown): void {
  let parent = map;
  for (let at = 0; at < path.length - 1; at++) {
    const name = nameOf(path[at]!, names);
    const child = Object.hasOwn(parent, name) ? parent[name] : undefined;
    if (!isMap(child)) throw validation(`The document path is invalid for update: ${path.join('.')}`);
    const copied = { ...child };
    parent[name] = copied;
    parent = copied;
  }
  const name = nameOf(path.at(-1)!, names);
  if (value === undefined) delete parent[name];
  else parent[name] = value;
}

/** DynamoDB refuses an update in which one path equals or contains another. */
export function refuseOverlap(paths: readonly Path[], names: Names): void {
  for (let at = 1; at < paths.length; at++)
    for (let before = 0; before < at; before++)
      if (leads(paths[before]!, paths[at]!, names))
        throw validation(`Two document paths overlap: ${paths[before]!.join('.')}, ${paths[at]!.join('.')}`);
}

function leads(left: Path, right: Path, names: Names): boolean {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++)
    if (nameOf(left[at]!, names) !== nameOf(right[at]!, names)) return false;
  return true;
}
