import { describe, expect, it } from 'vitest';
import { files } from './infra/files.ts';

type Source = { path: string; text: string };

const rules = files.filter(({ room }) => room === 'domain' || room === 'systems');
const named = files.filter(({ room }) => ['domain', 'systems', 'wiring'].includes(room));

/** Types and functions by the files that export them. */
const exported = /^export (?:async )?(?:type|interface|class|function\*?|const) (\w+)/gm;
/** Names that more than one file exports, `Tools` aside: every operation has its own. */
const twins = (sources: Source[]): string[] => {
  const names = sources.flatMap(({ path, text }) =>
    [...new Set([...text.matchAll(exported)].map(([, name]) => name))].map((name) => ({ name, path })),
  );
  return [...Map.groupBy(names, ({ name }) => name)]
    .filter(([name, found]) => found.length > 1 && name !== 'Tools')
    .map(([name, found]) => `${name}: ${found.map(({ path }) => path).join(', ')}`);
};

/** Nouns of the field that end like another kind of word. */
const nouns = new Set(['assembly', 'feed', 'reply', 'seed', 'string', 'supply']);
const participles = new Set(['begun', 'done', 'heard', 'kept', 'known', 'seen', 'sent', 'spoken', 'told']);
const isNoun = (word: string) => nouns.has(word) || (!participles.has(word) && !/(?:ing|ly|ed)$/.test(word));
/** File names that are no noun and no verb with its noun: they end in a gerund, an adverb or a participle, or hang on a preposition. */
const misnamed = (paths: string[]): string[] =>
  paths.filter((path) => {
    const words = (path.split('/').at(-1) ?? '').replace(/(\.d)?\.ts$/, '').split(/[-._]/);
    return !isNoun(words.at(-1) ?? '') || words.some((word) => ['of', 'in', 'by'].includes(word));
  });

/** A sentence is for eyes: code that looks into one is looking for a field. */
const peeking = /\b(?:detail|reason)\)?\??\s*\.(?:startsWith|endsWith|match|matchAll|split)\(/;
const readers = (sources: Source[]) =>
  sources.filter(({ text }) => peeking.test(text)).map(({ path }) => path);

describe('words', () => {
  it('mean one thing: no name is exported twice by rules and systems', () => {
    expect(rules.length).toBeGreaterThan(50);
    expect(twins(rules)).toEqual([]);
    const two = ['a', 'b'].map((name) => ({
      path: `domain/${name}.ts`,
      text: 'export type Tools = 1;\nexport type Told = 2;\n',
    }));
    expect(twins(two)).toEqual(['Told: domain/a.ts, domain/b.ts']);
  });

  it('are nouns where they name files', () => {
    expect(misnamed(named.map(({ path }) => path))).toEqual([]);
    const bad = ['waking.ts', 'heard.ts', 'nearly.ts', 'batch-of.ts', 'receipts-in.ts', 'unknown-by.ts'];
    expect(misnamed([...bad, 'settled-requests.ts', 'reserve-slot.ts'])).toEqual(bad);
  });

  it('that say why are read by nobody but people: no code looks into a detail or a reason', () => {
    const code = files.filter(({ room }) => !['test', 'examples', 'bench'].includes(room));
    expect(readers(code)).toEqual([]);
    const bad = { path: 'domain/a.ts', text: "if (row.detail?.startsWith('by ')) return;" };
    expect(readers([bad, { path: 'domain/b.ts', text: 'const { reason } = vote;' }])).toEqual([
      'domain/a.ts',
    ]);
  });
});
