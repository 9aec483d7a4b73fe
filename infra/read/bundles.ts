import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildSync, type Metafile, transformSync } from 'esbuild';
import { type Bundle, cached, folderOf, keep, type Made } from './bundle-cache.ts';
import { sweepBundles } from './bundle-sweep.ts';
import type { Door } from './doors.ts';
import { alone } from './lock.ts';

/** Bundles by the file of the door. */
export type Bundles = Map<string, Bundle>;

/** This file is part of the cache key: a change of it changes the bundles. */
const recipe = readFileSync(import.meta.filename, 'utf8');

/**
 * Packages that bundles leave out. cpu-features is an optional, machine-specific package of ssh2.
 */
const without = ['cpu-features'];

const shape = { format: 'esm', target: 'node24', platform: 'node' } as const;
/** Some packages still call `require` or read `__dirname`; the banner defines both. */
const banner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); const __dirname = import.meta.dirname;";

/**
 * Bundles all doors in one call, or reads the kept bundles if none of their inputs has changed.
 */
export const bundlesOf = (root: string, doors: Door[]): Bundles => {
  const names = doors.map(({ file }) => file);
  const asked = [recipe, ...names];
  const found = cached(root, asked) ?? built(root, asked, names);
  return new Map(Object.entries(found));
};

/** Processes that need the same bundles at once wait for the first one's, and find them kept. */
const built = (root: string, asked: string[], names: string[]) =>
  alone(`${folderOf(root)}.lock`, () => {
    const found = cached(root, asked) ?? keep(root, asked, bundle(root, names));
    sweepBundles(folderOf(root), Date.now());
    return found;
  });

/**
 * A function has its credentials in its environment, so the SDK's chain of providers is left out.
 */
const aliasesIn = (root: string): Record<string, string> => {
  const file = join(root, 'lib/aws/env-credentials.ts');
  return existsSync(file) ? { '@aws-sdk/credential-provider-node': file } : {};
};

/**
 * An entry with only a door's `handler`, so that the bundle leaves out its `api` declaration. It
 * appears whole, by a rename, so that processes may write it at once and be killed.
 */
const entryOf = (root: string, name: string): string => {
  const entry = join(root, entries, name);
  const door = relative(dirname(entry), join(root, name));
  if (!existsSync(entry)) {
    const draft = `${entry}.${randomUUID()}`;
    mkdirSync(dirname(entry), { recursive: true });
    writeFileSync(draft, `export { handler } from ${JSON.stringify(door)};\n`);
    renameSync(draft, entry);
  }
  return `${entries}/${name}`;
};
const entries = '.lockstep/entries';

/**
 * Bundles these files, each of which exports a `handler`. The SDK is included: a cold start reads
 * one small file.
 */
export const bundle = (root: string, names: string[]): Made => {
  const { outputFiles, metafile } = buildSync({
    ...shape,
    absWorkingDir: root,
    entryPoints: names.map((name) => entryOf(root, name)),
    outdir: 'bundles',
    outbase: entries,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    metafile: true,
    mainFields: ['module', 'main'],
    external: without,
    alias: aliasesIn(root),
    logLevel: 'error',
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const doors = Object.entries(metafile.outputs).map(([path, output]) => {
    const text = texts.get(join(root, path)) ?? '';
    const name = (output.entryPoint ?? '').slice(`${entries}/`.length);
    return [name, { texts: kept(metafile, output, text), code: minified(text) }] as const;
  });
  const inputs = Object.keys(metafile.inputs).filter((file) => !file.startsWith(`${entries}/`));
  return { doors: Object.fromEntries(doors), inputs, packages: packagesIn(metafile) };
};

/** The packages of which a bundle keeps something, by the file of its door. */
const packagesIn = ({ outputs }: Metafile): Record<string, string[]> =>
  Object.fromEntries(
    Object.values(outputs).map(({ entryPoint = '', inputs }) => {
      const there = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
      const names = there.flatMap(([file]) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
      return [entryPoint.slice(`${entries}/`.length), [...new Set(names)]];
    }),
  );

type Output = Metafile['outputs'][string];

const minified = (text: string) =>
  `${banner}\n${transformSync(text, { ...shape, minify: true, legalComments: 'none' }).code}`;

/**
 * esbuild writes the path of each file above what it keeps of it. Data that is loaded by name is
 * left out: a door that may read every manifest does not call every system.
 */
const kept = (metafile: Metafile, { inputs }: Output, text: string): Record<string, string> => {
  const there = Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [file] : [],
  );
  const stated = new Set(
    there.flatMap((file) =>
      (metafile.inputs[file]?.imports ?? []).flatMap(({ kind, path }) =>
        kind === 'import-statement' ? [path] : [],
      ),
    ),
  );
  const own = new Set(there);
  const texts: Record<string, string> = {};
  let file = '';
  for (const line of text.split('\n')) {
    const next = /^\s*\/\/ (\S.*)$/.exec(line)?.[1];
    if (next && own.has(next)) file = next;
    else if (file && !file.includes('node_modules/')) texts[file] = `${texts[file] ?? ''}${line}\n`;
  }
  return Object.fromEntries(
    Object.entries(texts).filter(([path]) => !path.endsWith('.json') || stated.has(path)),
  );
};
