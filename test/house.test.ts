import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { doorsIn } from '#infra/doors.ts';
import { functionsIn, greedyFile, routesIn } from '#infra/template.ts';
import { type File, files, importsOf, untracked } from './infra/files.ts';
import { checkout, synth } from './infra/synth.ts';

const fixed = [
  'package.json',
  'tsconfig.json',
  'cdk.json',
  'infra',
  'functions',
  'state-machines',
  'test',
  'README.md',
];
const added = [
  ...['domain', 'wiring', 'events', 'systems', 'lib', 'openapi'],
  ...['local', 'console', 'cli', 'bench', 'examples', 'docs'],
];
const papers = [
  'LICENSE',
  'NOTICE',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'package-lock.json',
  'biome.json',
  'knip.json',
  'compose.yaml',
];
const tools = [
  'vitest.config.ts',
  '.gitignore',
  '.gitattributes',
  '.npmrc',
  '.editorconfig',
  '.ci',
  '.github',
];
const banned = [
  'src',
  'utils',
  'common',
  'helpers',
  'types',
  'models',
  'dto',
  'config',
  'constants',
  'services',
  'core',
  'shared',
];

/** Room → the rooms that it may import. A room that is not here (test, bench) may import everything. */
const arrows: Record<string, string[]> = {
  functions: ['wiring', 'domain', 'events', 'lib', 'docs'],
  wiring: ['wiring', 'domain', 'events', 'lib', 'systems'],
  domain: ['domain', 'events', 'lib', 'systems'],
  events: ['events'],
  lib: ['lib', 'systems'],
  systems: [],
  infra: ['lib', 'systems'],
  openapi: ['openapi', 'infra', 'lib'],
  cli: ['cli', 'local', 'wiring', 'domain', 'events', 'lib'],
  local: ['local', 'examples', 'domain', 'events', 'lib'],
  examples: ['examples', 'domain', 'events', 'lib', 'systems'],
};

const inRooms = (...names: string[]) => files.filter(({ room }) => names.includes(room));
const everyImport = (from: File[]) =>
  from.flatMap(({ imports, ...file }) => imports.map((each) => ({ ...each, file })));
const roomOf = (specifier: string) => /^#(\w+)\//.exec(specifier)?.[1];
const told = (found: { file: { path: string }; specifier: string }[]) =>
  found.map(({ file, specifier }) => `${file.path} → ${specifier}`);
const paths = (found: File[]) => found.map(({ path }) => path);

describe('the house', () => {
  it('was looked at: every room that the product needs has files, and imports were seen', () => {
    for (const room of ['functions', 'wiring', 'domain', 'events', 'lib', 'systems', 'infra', 'test'])
      expect(inRooms(room), room).not.toEqual([]);
    expect(everyImport(files).length).toBeGreaterThan(files.length);
    expect(
      importsOf(
        "import type { A } from './a.ts';\nawait import('#lib/b.ts');\nexport {\n  c,\n} from '#lib/c.ts';",
      ),
    ).toEqual([
      { specifier: './a.ts', typeOnly: true },
      { specifier: '#lib/b.ts', typeOnly: false },
      { specifier: '#lib/c.ts', typeOnly: false },
    ]);
  });

  it('has only rooms and papers that have a meaning at its top level', () => {
    const known = [...fixed, ...added, ...papers, ...tools, ...untracked];
    expect(readdirSync(checkout).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('has no folder for things that nobody could name', () => {
    expect(paths(files.filter(({ folders }) => folders.some((folder) => banned.includes(folder))))).toEqual(
      [],
    );
  });

  it('lets imports go one way: functions → wiring → domain → lib, with events as words for all', () => {
    const wrong = everyImport(files).filter(({ file, specifier }) => {
      const to = roomOf(specifier);
      return to && to !== file.room && arrows[file.room] && !arrows[file.room]!.includes(to);
    });
    expect(told(wrong)).toEqual([]);
  });

  it('lets infra know lib by its types and its list of private addresses, and of systems nothing but the manifest', () => {
    const wrong = everyImport(inRooms('infra')).filter(
      ({ specifier, typeOnly }) =>
        (roomOf(specifier) === 'lib' && !typeOnly && specifier !== '#lib/addresses.ts') ||
        (roomOf(specifier) === 'systems' && specifier !== '#systems/manifest.ts'),
    );
    expect(told(wrong)).toEqual([]);
  });

  it('has no import that climbs, and names every file of ours with its ending', () => {
    const ours = everyImport(files).filter(({ specifier }) => /^[.#]/.test(specifier));
    expect(
      told(ours.filter(({ specifier }) => specifier.includes('../') || !/\.(ts|json)$/.test(specifier))),
    ).toEqual([]);
  });

  it('has files of at most 150 lines, and doors of at most 30 below their imports', () => {
    const below = (text: string) =>
      text
        .replaceAll(/^import\b[\s\S]*?;\n/gm, '')
        .trim()
        .split('\n').length;
    const long = files.map(({ room, lines, path, text }) =>
      room === 'functions' ? { path, lines: below(text), most: 30 } : { path, lines, most: 150 },
    );
    const tooLong = long.filter(({ lines, most }) => lines > most);
    expect(tooLong.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  it('names files in kebab-case, and those of events by their type', () => {
    const named = (room: string) =>
      ['events', 'test'].includes(room)
        ? /^[a-z0-9]+([-._][a-z0-9]+)*\.ts$/
        : /^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.ts$/;
    expect(paths(files.filter(({ room, name }) => room !== 'functions' && !named(room).test(name)))).toEqual(
      [],
    );
  });

  it('exports by name only', () => {
    expect(
      paths(
        files.filter(({ name, text }) => /^export default\b/m.test(text) && !name.endsWith('.config.ts')),
      ),
    ).toEqual([]);
  });

  it('reads the environment of a function in lib/env.ts and nowhere else', () => {
    const reading = inRooms('functions', 'wiring', 'domain', 'events', 'lib').filter(({ text }) =>
      /\bprocess\s*(\.|\?\.|\[['"])\s*env\b/.test(text),
    );
    expect(paths(reading)).toEqual(['lib/env.ts']);
  });
});

describe('the doors', () => {
  const doors = doorsIn(checkout);
  const { product } = synth();

  it('are all deployed: one file, one function', () => {
    expect(
      functionsIn(product)
        .map(({ file }) => file)
        .sort(),
    ).toEqual(doors.map(({ file }) => file).sort());
  });

  it('answer where their name says, and every route that is deployed has its file', () => {
    const named = doors.flatMap((door) =>
      door.kind === 'route' ? [`${door.method} ${door.path} ${door.file}`] : [],
    );
    const deployed = routesIn(product)
      .filter(({ file }) => file !== greedyFile)
      .map(({ method, path, file }) => `${method} ${path} ${file}`);
    expect(deployed).toEqual(expect.arrayContaining(named));
    const files = new Set(named.map((route) => route.split(' ')[2]));
    expect(deployed.filter((route) => !files.has(route.split(' ')[2]))).toEqual([]);
  });
});
