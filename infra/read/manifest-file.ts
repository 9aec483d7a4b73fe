import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { catalogue } from '#events/index.ts';
import { type Manifest, manifest } from '#systems/manifest.ts';
import { placeholders } from '#systems/placeholders.ts';
import { issuesOf } from './issues.ts';
import { readJsonFile } from './json-file.ts';
import { manifestFields } from './manifest-fields.ts';
import { manifestWords } from './manifest-words.ts';

/**
 * The manifest in a file; undefined if anything is wrong with it, which is added to `findings`:
 * everything at once, each with file, line and JSON pointer.
 */
export function readManifest(root: string, file: string, findings: string[]): Manifest | undefined {
  const { value, findings: faults, tell } = readJsonFile(root, file);
  const found = new Set(faults);
  const wrong = (path: readonly PropertyKey[], message: string) => void found.add(tell(path, message));
  const result = value === undefined ? undefined : manifest.safeParse(value);
  for (const { path, message } of issuesOf(result?.error)) wrong(path, message);
  // Once more on its own: the schema skips it where anything else is wrong.
  placeholders(value, { wrong });
  manifestFields(value, catalogue, wrong);
  if (result?.success) manifestWords(result.data, wrong);
  const { name, adapter } = (value ?? {}) as { name?: unknown; adapter?: unknown };
  if (typeof name === 'string' && name !== basename(file, '.json'))
    wrong(['name'], `says '${name}', the file says otherwise`);
  const door = `functions/adapters/${adapter}.ts`;
  if (typeof adapter === 'string' && !existsSync(join(root, door)))
    wrong(['adapter'], `'${adapter}' is no adapter; ${door} is missing`);
  findings.push(...found);
  return found.size === 0 ? result?.data : undefined;
}
