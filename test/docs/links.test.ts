import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const checkout = join(import.meta.dirname, '..', '..');
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: checkout });
const read = (page: string) => readFileSync(join(checkout, page), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts?: Record<string, string> };

/** Every match of the pattern's group over all pages, with its page. */
const said = (pattern: RegExp) =>
  pages.flatMap((page) =>
    [...read(page).matchAll(pattern)].map((match) => ({ page, word: String(match[1]) })),
  );

describe('the documentation', () => {
  it('has no broken link inside the checkout', () => {
    const links = said(/\]\((?!https?:|#)([^)#]+)/g);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(({ page, word }) => !existsSync(join(checkout, dirname(page), word)))).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const named = said(/npm run ([a-z][a-z:]*)/g);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter(({ word }) => !scripts?.[word])).toEqual([]);
  });

  it('has decision records under 40 lines, with context, decision and price', () => {
    const records = pages.filter((page) => page.startsWith('docs/decisions/'));
    expect(records.length).toBeGreaterThan(0);
    for (const record of records) {
      expect(read(record).split('\n').length, record).toBeLessThanOrEqual(40);
      expect(
        [...read(record).matchAll(/^## (\w+)$/gm)].map(([, title]) => title),
        record,
      ).toEqual(['Context', 'Decision', 'Price']);
    }
  });
});
