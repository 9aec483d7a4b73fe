import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { files } from './infra/files.ts';

type Source = { path: string; imports: { specifier: string; typeOnly: boolean }[] };
type Arrow = { from: string; to: string; typeOnly: boolean };

const domain = files.filter(({ room }) => room === 'domain');

const arrowsOf = (sources: Source[]): Arrow[] =>
  sources.flatMap(({ path, imports }) =>
    imports.map(({ specifier, typeOnly }) => ({
      from: path,
      to: specifier.startsWith('.')
        ? posix.join(posix.dirname(path), specifier)
        : specifier.replace(/^#/, ''),
      typeOnly,
    })),
  );
/**
 * The context of a file: its folder directly below domain/. Undefined for files outside of
 * contexts.
 */
const contextOf = (path: string) => /^domain\/([^/]+)\//.exec(path)?.[1];
const shown = ({ from, to }: { from: string; to: string }) => `${from} → ${to}`;

/** Value imports from one context into another. */
const crossings = (sources: Source[]) =>
  arrowsOf(sources)
    .filter(({ from, to }) => contextOf(from) && contextOf(to) && contextOf(from) !== contextOf(to))
    .filter(({ typeOnly }) => !typeOnly)
    .map(shown);

/** The circular value imports, each named once by its files. */
function circles(sources: Source[]): string[] {
  const next = Map.groupBy(
    arrowsOf(sources).filter(({ typeOnly }) => !typeOnly),
    ({ from }) => from,
  );
  const [done, found] = [new Set<string>(), [] as string[]];
  const visit = (path: string, way: string[]): void => {
    if (way.includes(path)) return void found.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (done.has(path)) return;
    for (const { to } of next.get(path) ?? []) visit(to, [...way, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return found;
}

const source = (path: string, specifier: string, typeOnly = false): Source => ({
  path,
  imports: [{ specifier, typeOnly }],
});

describe('a context of domain', () => {
  it('imports from another context types only', () => {
    expect(domain.filter(({ path }) => contextOf(path)).length).toBeGreaterThan(50);
    expect(crossings(domain)).toEqual([]);
    expect(crossings([source('domain/a/b/one.ts', '#domain/c/two.ts')])).toEqual([
      'domain/a/b/one.ts → domain/c/two.ts',
    ]);
    expect(crossings([source('domain/a/one.ts', '#domain/c/two.ts', true)])).toEqual([]);
  });

  it('has no circular imports', () => {
    expect(circles(domain)).toEqual([]);
    const round = [source('domain/a/one.ts', './two.ts'), source('domain/a/two.ts', '#domain/a/one.ts')];
    expect(circles(round)).toEqual(['domain/a/one.ts → domain/a/two.ts → domain/a/one.ts']);
  });
});
