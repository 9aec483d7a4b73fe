import { describe, expect, it } from 'vitest';
import { makers, methods } from '#infra/read/grants.ts';
import { files } from './files.ts';

describe('a name that grants', () => {
  const product = files.filter(({ room }) =>
    ['domain', 'lib', 'functions', 'wiring', 'events', 'systems'].includes(room),
  );
  /** Functions, constants and methods that a file makes under one of the names. */
  const made = (text: string) =>
    Object.keys(methods).filter((name) =>
      new RegExp(
        `(?:function\\*? |const |let |class )${name}\\b|^ +(?:async )?${name}(?:\\(.*\\{$|: (?:async )?\\()`,
        'm',
      ).test(text),
    );

  it('is the name of that one method, and of nothing else in the product', () => {
    const makersOf = product.flatMap(({ path, text }) => made(text).map((name) => `${name} in ${path}`));
    expect(makersOf.filter((each) => !makers.some((maker) => each.endsWith(` in ${maker}`)))).toEqual([]);
    expect(new Set(makersOf.map((each) => each.split(' ')[0])).size).toBe(Object.keys(methods).length);
    expect(made('export const putItem = () => 1;')).toEqual(['putItem']);
  });

  it('is not lost on a box at the top of a file: each carries the mark by which it shakes off', () => {
    const unmarked = product.filter(({ text }) => /^(?:export )?const \w+ = once\(/m.test(text));
    expect(unmarked.map(({ path }) => path)).toEqual([]);
  });

  it('is how every message is made: none is put together by hand', () => {
    const byHand = product.filter(
      ({ path, text }) => path !== 'lib/aws/job-message.ts' && /\bjob: ['"`]/.test(text),
    );
    expect(byHand.map(({ path }) => path)).toEqual([]);
  });
});
