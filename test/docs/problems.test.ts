import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problems } from '#lib/problem.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'problems.md'), 'utf8');
const rows = [...page.matchAll(/^\| `([a-z-]+)` \|(.*)\|$/gm)].map(([, code, cells]) => {
  const [status = '', ...who] = (cells ?? '').split(' | ').map((cell) => cell.trim());
  return { code: String(code), status: Number(status), who };
});

describe('docs/problems.md', () => {
  it('has one row for each problem code, and no others', () => {
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ code }) => code).toSorted()).toEqual(Object.keys(problems).toSorted());
  });

  it('names the status that the product answers', () => {
    expect(Object.fromEntries(rows.map(({ code, status }) => [code, status]))).toEqual(
      Object.fromEntries(Object.entries(problems).map(([code, { status }]) => [code, status])),
    );
  });

  it('says for each code what the caller, the operator and the product do', () => {
    const silent = rows.filter(
      ({ who }) => who.length !== 3 || who.some((cell) => !/^[A-Z].*\.$/s.test(cell)),
    );
    expect(silent).toEqual([]);
  });
});
