import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everyImport, inRooms } from './house-rooms.ts';
import { type File, files, importsOf, untracked } from './infra/files.ts';
import { checkout } from './infra/synth.ts';

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

/**
 * The only readers of process.env: the settings of a function, and credentials, region and
 * endpoint for calls to AWS.
 */
const environmentReaders = ['lib/aws/aws-json-calls.ts', 'lib/aws/env-credentials.ts', 'lib/env.ts'];
const paths = (found: File[]) => found.map(({ path }) => path);

describe('the house', () => {
  it('is covered by these tests: every room has files, and imports are found', () => {
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

  it('has only known rooms and files at its top level', () => {
    const known = [...fixed, ...added, ...papers, ...tools, ...untracked];
    expect(readdirSync(checkout).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('has no folder named utils, common, helpers, types or the like', () => {
    expect(paths(files.filter(({ folders }) => folders.some((folder) => banned.includes(folder))))).toEqual(
      [],
    );
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

  it('names files in kebab-case, and events by their type', () => {
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

  it('reads process.env in lib/env.ts, and beside it only in the two files that call AWS by hand', () => {
    const reading = inRooms('functions', 'wiring', 'domain', 'events', 'lib').filter(({ text }) =>
      /\bprocess\s*(\.|\?\.|\[['"])\s*env\b/.test(text),
    );
    expect(paths(reading).sort()).toEqual(environmentReaders);
  });
});
