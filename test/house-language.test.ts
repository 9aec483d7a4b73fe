import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { banned, common, deeds } from './house-vocabulary.ts';
import { files } from './infra/files.ts';
import { checkout } from './infra/synth.ts';

type Source = { path: string; text: string };

const read = (path: string): Source => ({ path, text: readFileSync(join(checkout, path), 'utf8') });
const below = (folder: string, ending: string) =>
  readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => read(`${folder}/${path}`));
const code = files.filter(({ room }) => room !== 'test' && room !== 'bench');
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].map(read),
  ...below('docs', '.md'),
  ...below('docs/api', '.json'),
  ...below('systems', '.json'),
  ...below('state-machines', '.json'),
];

/** The banned words of these texts: place, word, and what to write instead. */
const slips = (sources: Source[]): string[] => {
  const words = new RegExp(`\\b(?:${Object.keys(banned).join('|')})\\b`, 'gi');
  return sources.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(words)].map(
          ([word]) => `${path}:${index + 1}: ${word} → ${banned[word.toLowerCase()]}`,
        ),
      ),
  );
};

/** The first column of a page's table of words: `batch, item, chunk` are three. */
const glossaryOf = (page: string): Set<string> => {
  const table = page.slice(page.indexOf('| Word | Means |')).split('\n\n')[0] ?? '';
  return new Set(
    table
      .split('\n')
      .slice(2)
      .flatMap((row) => (row.split('|')[1] ?? '').toLowerCase().match(/[a-z]+/g) ?? []),
  );
};
const singular = (word: string) => word.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
const isKnown = (word: string, list: Set<string>) => list.has(word) || list.has(singular(word));
/** Words of file names that are in no list, with the file that has them. */
const unexplained = (paths: string[], glossary: Set<string>): string[] =>
  paths.flatMap((path) =>
    (path.split('/').at(-1) ?? '')
      .replace(/\.ts$/, '')
      .split('-')
      .filter((word) => ![deeds, common, glossary].some((list) => isKnown(word, list)))
      .map((word) => `${word}: ${path}`),
  );

describe('the language of the house', () => {
  it('names the subject: comments, messages and pages have no banned word', () => {
    expect(code.length).toBeGreaterThan(300);
    expect(pages.length).toBeGreaterThan(20);
    expect(slips([...code, ...pages])).toEqual([]);
  });

  it('is checked in comments, strings and pages alike, in any case', () => {
    const comment = { path: 'domain/a.ts', text: 'const a = 1;\n/** Whoever holds it may mend it. */\n' };
    const message = { path: 'cli/b.ts', text: "throw new Error('Nobody tells of it.');" };
    expect(slips([comment, message])).toEqual([
      `domain/a.ts:2: Whoever → ${banned.whoever}`,
      'domain/a.ts:2: mend → fix',
      `cli/b.ts:1: Nobody → ${banned.nobody}`,
    ]);
    expect(slips([{ path: 'domain/c.ts', text: '// The history is commended. This is hers.' }])).toEqual([]);
  });

  it('has a glossary: every noun of a file name in domain/ is in it, or is common', () => {
    const rules = files.filter(({ room }) => room === 'domain').map(({ path }) => path);
    const glossary = glossaryOf(read('README.md').text);
    expect(glossary.size).toBeGreaterThan(40);
    expect(unexplained(rules, glossary)).toEqual([]);
    expect(unexplained(['domain/syncs/flange.ts', 'domain/syncs/undo-plans.ts'], glossary)).toEqual([
      'flange: domain/syncs/flange.ts',
    ]);
  });
});
