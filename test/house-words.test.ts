import { describe, expect, it } from 'vitest';
import { files } from './infra/files.ts';

type Source = { path: string; text: string };

const rules = files.filter(({ room }) => room === 'domain' || room === 'systems');
const named = files.filter(({ room }) => ['domain', 'systems', 'wiring'].includes(room));

/** Exported types and functions. */
const exported = /^export (?:async )?(?:type|interface|class|function\*?|const) (\w+)/gm;
/** Names that more than one file exports, except `Tools`. */
const twins = (sources: Source[]): string[] => {
  const names = sources.flatMap(({ path, text }) =>
    [...new Set([...text.matchAll(exported)].map(([, name]) => name))].map((name) => ({ name, path })),
  );
  return [...Map.groupBy(names, ({ name }) => name)]
    .filter(([name, found]) => found.length > 1 && name !== 'Tools')
    .map(([name, found]) => `${name}: ${found.map(({ path }) => path).join(', ')}`);
};

/** Nouns that end like gerunds, adverbs or participles. */
const nouns = new Set(['assembly', 'feed', 'reply', 'seed', 'string', 'supply']);
const participles = new Set(['begun', 'done', 'heard', 'kept', 'known', 'seen', 'sent', 'spoken', 'told']);
const isNoun = (word: string) => nouns.has(word) || (!participles.has(word) && !/(?:ing|ly|ed)$/.test(word));
/** File names that are neither a noun nor a verb with its noun, or that contain a preposition. */
const misnamed = (paths: string[]): string[] =>
  paths.filter((path) => {
    const words = (path.split('/').at(-1) ?? '').replace(/(\.d)?\.ts$/, '').split(/[-._]/);
    return !isNoun(words.at(-1) ?? '') || words.some((word) => ['of', 'in', 'by'].includes(word));
  });

/** Code that parses a sentence instead of a field. */
const peeking = /\b(?:detail|reason)\)?\??\s*\.(?:startsWith|endsWith|match|matchAll|split)\(/;
const readers = (sources: Source[]) =>
  sources.filter(({ text }) => peeking.test(text)).map(({ path }) => path);

describe('words', () => {
  it('mean one thing: no name is exported twice by domain and systems', () => {
    expect(rules.length).toBeGreaterThan(50);
    expect(twins(rules)).toEqual([]);
    const two = ['a', 'b'].map((name) => ({
      path: `domain/${name}.ts`,
      text: 'export type Tools = 1;\nexport type Told = 2;\n',
    }));
    expect(twins(two)).toEqual(['Told: domain/a.ts, domain/b.ts']);
  });

  it('name files as nouns, or as verbs with their nouns', () => {
    expect(misnamed(named.map(({ path }) => path))).toEqual([]);
    const bad = ['waking.ts', 'heard.ts', 'nearly.ts', 'batch-of.ts', 'receipts-in.ts', 'unknown-by.ts'];
    expect(misnamed([...bad, 'settled-requests.ts', 'reserve-slot.ts'])).toEqual(bad);
  });

  it('for people are not parsed: no code looks into a detail or a reason', () => {
    const code = files.filter(({ room }) => !['test', 'examples', 'bench'].includes(room));
    expect(readers(code)).toEqual([]);
    const bad = { path: 'domain/a.ts', text: "if (row.detail?.startsWith('by ')) return;" };
    expect(readers([bad, { path: 'domain/b.ts', text: 'const { reason } = vote;' }])).toEqual([
      'domain/a.ts',
    ]);
  });
});
