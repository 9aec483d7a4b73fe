import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, type Metafile, transformSync } from 'esbuild';
import { type Bundle, cached, keep, type Made } from './bundle-cache.ts';
import type { Door } from './doors.ts';

/** By the file of the door. */
export type Bundles = Map<string, Bundle>;

/** This file: another one makes other bundles. */
const recipe = readFileSync(import.meta.filename, 'utf8');

/** Packages that bundles leave out: cpu-features is an optional package of ssh2, built for one machine. */
const without = ['cpu-features'];

const shape = { format: 'esm', target: 'node24', platform: 'node' } as const;
/** The banner serves packages that still call `require`, or ask where they are. */
const banner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); const __dirname = import.meta.dirname;";

/** Bundles all doors in one call, or reads what an earlier call kept if none of its inputs has changed. */
export const bundlesOf = (root: string, doors: Door[]): Bundles => {
  const names = doors.map(({ file }) => file);
  const asked = [recipe, ...names];
  const found = cached(root, asked) ?? keep(root, asked, build(root, names));
  return new Map(Object.entries(found));
};

/** The SDK is in the bundle too: a cold start reads one small file. */
const build = (root: string, names: string[]): Made => {
  const { outputFiles, metafile } = buildSync({
    ...shape,
    absWorkingDir: root,
    entryPoints: names,
    outdir: 'bundles',
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    metafile: true,
    mainFields: ['module', 'main'],
    external: without,
    logLevel: 'error',
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const doors = Object.entries(metafile.outputs).map(([path, output]) => {
    const text = texts.get(join(root, path)) ?? '';
    return [output.entryPoint ?? '', { texts: kept(metafile, output, text), code: minified(text) }] as const;
  });
  return { doors: Object.fromEntries(doors), inputs: Object.keys(metafile.inputs) };
};

type Output = Metafile['outputs'][string];

const minified = (text: string) =>
  `${banner}\n${transformSync(text, { ...shape, minify: true, legalComments: 'none' }).code}`;

/**
 * esbuild writes the path of each file above what it keeps of it. Data that is only loaded by a name is left out: a door that may read every manifest
 * speaks to none of those systems.
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
