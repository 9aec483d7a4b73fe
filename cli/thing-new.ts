import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { lines, say } from './terminal.ts';
import { type Registration, type Thing, thingFiles, thingRegistrations } from './thing-files.ts';

type Asked = { in?: string; plural?: string };

/** One word, because it is spelled in file names, identifiers, event types and JSON alike. */
const thingName = /^[a-z]{3,20}$/;

/** `thing new NAME`: the files of a thing in this checkout, which pass their test as they are. */
export function addThingNew(thing: Command): void {
  thing
    .command('new <name>')
    .description('write a new thing: its rules, an event, a projection, three routes, and a test of them')
    .option('--in <context>', 'the context of domain/ that it belongs to (default: one of its own)')
    .option('--plural <word>', 'its plural, if that is not regular')
    .action((name: string, asked: Asked) => newThing(name, asked, process.cwd()));
}

function newThing(name: string, asked: Asked, root: string): void {
  const thing = thingOf(name, asked);
  if (!existsSync(join(root, 'domain/keys.ts')))
    throw new Error('There is no domain/keys.ts in this directory: run it in a checkout of Lockstep.');
  const files = thingFiles(thing);
  const there = Object.keys(files).filter((path) => existsSync(join(root, path)));
  if (there.length > 0 || new RegExp(`^ {2}${name}:`, 'm').test(read(root, 'domain/keys.ts')))
    throw new Error(`There is a ${name} already: ${there[0] ?? 'domain/keys.ts'}. Nothing was written.`);
  const registered = thingRegistrations(thing).map((one) => [one.path, registeredIn(root, one)] as const);
  const written = [...Object.entries(files), ...registered];
  for (const [path, text] of written) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const paths = written.map(([path]) => path);
  execFileSync('npx', ['biome', 'check', '--write', ...paths], { cwd: root, stdio: 'pipe' });
  lines(paths);
  say(`Test it: npx vitest run test/domain/${thing.plural}.test.ts`);
  say('Write the documents of the API: npm run api');
  say('Update the inventory: npx vitest run test/infra/inventory.test.ts -u');
}

function thingOf(name: string, { in: context, plural = regularPlural(name) }: Asked): Thing {
  for (const word of [name, plural, ...(context === undefined ? [] : [context])])
    if (!thingName.test(word))
      throw new Error(`${word} cannot be a name here: one word of 3 to 20 letters a-z.`);
  if (plural === name) throw new Error(`${name} has no plural of its own: choose another word.`);
  return { name, plural, folder: context ? `${context}/${plural}` : plural };
}

const regularPlural = (name: string): string => {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
};

/** The text of a file with one registration more. */
function registeredIn(root: string, { path, anchor, text, imports = '' }: Registration): string {
  const [before, ...after] = read(root, path).split(anchor);
  if (after.length === 0)
    throw new Error(`${path} no longer has the place where a thing is listed. Nothing was written.`);
  return `${imports}${before}${text}${anchor}${after.join(anchor)}`;
}

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');
