import { describe, expect, it } from 'vitest';
import { payloadWay } from '#bench/house/payload-way.ts';
import { testsOf } from '#bench/house/reports.ts';
import { roomsOf } from '#bench/house/rooms.ts';
import { asTable } from '#bench/house/table.ts';
import { type Source, sourceOf, sourcesOf } from '#bench/house/tree.ts';

const checkout = process.cwd();
const sourcesFrom = (files: Record<string, string>): Source[] =>
  Object.entries(files).map(([path, text]) => sourceOf(path, text));

describe('a source file in the figures', () => {
  it('tells value imports from type imports, also where every name in the braces is a type', () => {
    const { imports } = sourceOf(
      'a.ts',
      "import type { A } from 'a';\nimport { type B, type C } from 'b';\nimport { type D, e } from 'c';\nimport 'd';\nawait import('e');\nexport type { F } from 'f';\nexport * from 'g';\n",
    );
    expect(imports.map(({ to, typeOnly }) => `${to}${typeOnly ? ' type' : ''}`)).toEqual([
      'a type',
      'b type',
      'c',
      'd',
      'e',
      'f type',
      'g',
    ]);
  });

  it('counts comments, and not text in a string that looks like one', () => {
    const { comments, characters } = sourceOf('a.ts', "/** ab */\nconst a = '// no'; // cd\n");
    expect(comments).toBe('/**ab*///cd'.length);
    expect(characters).toBe("/**ab*/consta='//no';//cd".length);
  });

  it('lists named functions with their line counts', () => {
    const text =
      'function a() {\n}\nconst b = () => {\n\n};\n[1].map((c) => c);\nconst d = { e() {}, f: () => 1 };\n';
    expect(sourceOf('a.ts', text).functions).toEqual([2, 3, 1, 1]);
  });
});

describe('the rooms of a folder', () => {
  const sources = sourcesFrom({
    'domain/a.ts': "import 'domain/x/b.ts';\nimport 'domain/x/c.ts';\nimport 'lib/d.ts';\n",
    'domain/x/b.ts': "import type { C } from 'domain/x/c.ts';\nimport type { A } from 'domain/a.ts';\n",
    'domain/x/c.ts': 'export type C = 1;\n',
    'lib/d.ts': '\n',
  });

  it('are its files and folders, and one arrow joins two of them, however many imports there are', () => {
    expect(roomsOf(sources, 'domain')).toMatchObject({
      files: 3,
      folders: 2,
      imports: 4,
      rooms: 2,
      arrows: 2,
      arrowsOfValues: 1,
      lines: { all: 6, median: 2, largest: 3, largestFile: 'domain/a.ts', atMost20: 3 },
    });
  });
});

describe('the way of a payload', () => {
  const doors = {
    'functions/streams/relay.ts': "import 'lib/aws/executions.ts';",
    'functions/saga/prepare.ts': "import 'lib/aws/lambdas.ts';",
    'functions/adapters/rest.ts': "import 'lib/http/middleware-hooks.ts';",
    'lib/aws/executions.ts': 'new StartExecutionCommand();',
    'lib/aws/lambdas.ts': 'new InvokeCommand();',
    'lib/http/middleware-hooks.ts': "import https from 'node:https';",
    'lib/aws/table.ts': 'new UpdateItemCommand();',
  };

  it('includes each file that handles it, the end of each leg, and the import chains from the doors', () => {
    const way = payloadWay(
      sourcesFrom({
        ...doors,
        'functions/api/v1/syncs.post.ts': "import 'domain/joins.ts'; import 'domain/beside.ts';",
        'domain/joins.ts': "import 'domain/accept.ts'; import type { P } from 'domain/words.ts';",
        'domain/accept.ts': "import 'lib/aws/table.ts'; export const accept = ({ payload }) => payload;",
        'domain/words.ts': 'export type P = { payload: unknown };',
        'domain/beside.ts': "/** Not the payload. */ export const text = 'payload';",
        'domain/unreached.ts': 'export const payload = 1;',
      }),
    );
    const joined = ['domain/joins.ts', 'domain/accept.ts', 'domain/words.ts'];
    expect(way).toEqual([...Object.keys(doors), ...joined, 'functions/api/v1/syncs.post.ts'].sort());
  });

  it('throws when one of its doors was renamed', () => {
    expect(() => payloadWay([])).toThrow('There is no functions/api/v1/syncs.post.ts');
  });

  it('leads through this checkout from the door to the call of an outside system', () => {
    const sources = sourcesOf(checkout);
    const way = payloadWay(sources);
    const textOf = (path: string) => sources.find((source) => source.path === path)!.text;
    for (const end of ['UpdateItem', 'StartExecution', 'InvokeCommand', "'node:https'"])
      expect(
        way.filter((path) => textOf(path).includes(end)),
        end,
      ).not.toEqual([]);
  });
});

describe('the duration of the tests', () => {
  const report = (names: string[]) => ({
    startTime: 1_000,
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: names.map((name, at) => ({ name, endTime: 2_000 + at * 250 })),
  });

  it('is reported for a run of all suites, and not for a run of some', () => {
    const all = [
      '/test/domain/a.test.ts',
      '/test/simulation/b.test.ts',
      '/c.engine.test.ts',
      '/test/journeys/d.test.ts',
    ];
    expect(testsOf(report(all))).toEqual({ seconds: 1.8, passed: 3, failed: 1 });
    expect(testsOf(report(all.slice(1)))).toBeUndefined();
    expect(testsOf(undefined)).toBeUndefined();
  });
});

describe('the table of figures', () => {
  it('has a row for each figure, named by its path, with the earlier figure beside it', () => {
    const before = { domain: { files: 191 }, payloadWay: ['a', 'b'] };
    const now = { domain: { files: 136 }, payloadWay: ['a'], deploySeconds: 12 };
    expect(
      asTable(now, before)
        .split('\n')
        .map((row) => row.trim().split(/\s{2,}/)),
    ).toEqual([
      ['before', 'now'],
      ['domain files', '191', '136'],
      ['payloadWay (count)', '2', '1'],
      ['deploySeconds', '–', '12'],
    ]);
  });
});
