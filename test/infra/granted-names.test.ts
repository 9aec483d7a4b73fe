import { describe, expect, it } from 'vitest';
import { makers, methods } from '#infra/read/grants.ts';
import { files } from './files.ts';

describe('a method name that grants a permission', () => {
  const product = files.filter(({ room }) =>
    ['domain', 'lib', 'functions', 'wiring', 'events', 'systems'].includes(room),
  );
  /** The granted names under which a file declares functions, constants or methods. */
  const made = (text: string) =>
    Object.keys(methods).filter((name) =>
      new RegExp(
        `(?:function\\*? |const |let |class )${name}\\b|^ +(?:async )?${name}(?:\\(.*\\{$|: (?:async )?\\()`,
        'm',
      ).test(text),
    );

  it('belongs to one method, and to nothing else in the product', () => {
    const makersOf = product.flatMap(({ path, text }) => made(text).map((name) => `${name} in ${path}`));
    expect(makersOf.filter((each) => !makers.some((maker) => each.endsWith(` in ${maker}`)))).toEqual([]);
    expect(new Set(makersOf.map((each) => each.split(' ')[0])).size).toBe(Object.keys(methods).length);
    expect(made('export const putItem = () => 1;')).toEqual(['putItem']);
  });

  it('is dropped with its unused tool box, because each carries the PURE mark', () => {
    const unmarked = product.filter(({ text }) => /^(?:export )?const \w+ = once\(/m.test(text));
    expect(unmarked.map(({ path }) => path)).toEqual([]);
  });

  it('is found for every message, because jobMessage makes all of them', () => {
    const byHand = product.filter(
      ({ path, text }) => path !== 'lib/aws/job-message.ts' && /\bjob: ['"`]/.test(text),
    );
    expect(byHand.map(({ path }) => path)).toEqual([]);
  });
});
