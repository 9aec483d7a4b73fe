import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { files } from './infra/files.ts';

const mostFunctionLines = 40;
const product = ['functions', 'wiring', 'domain', 'events', 'lib', 'systems', 'infra', 'cli', 'local'];

/**
 * Functions that exceed the limit today. A function that is shortened leaves this list; none may
 * join it.
 */
const longer = [
  'LockstepStack',
  'afterRollback',
  'awsJsonCalls',
  'checkCheckpoint',
  'checkItems',
  'chunkVotes',
  'dryRunSync',
  'dynamoTable',
  'endpoint',
  'exchange',
  'greeting',
  'inChunks',
  'line',
  'toolsOf',
  'touchedFrom',
  'undoPlan',
  'up',
  'worker',
];

type Source = { path: string; text: string };

/** A maker (`slotsOn`) returns the functions of a thing, so it is as long as they are together. */
const isMaker = (name: string) => /On$/.test(name);

/**
 * `path: name, lines` of each function that is too long; makers and nested functions are exempt.
 */
function longFunctions({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node, name: string): void => {
    const called = nameOf(node) ?? name;
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const lines = lineOf(node.end) - lineOf(node.getStart()) + 1;
      if (!isMaker(called)) {
        if (lines > mostFunctionLines) found.push(`${path}: ${called}, ${lines}`);
        return;
      }
    }
    ts.forEachChild(node, (child) => visit(child, called));
  };
  visit(file, '');
  return found;
}

const nameOf = (node: ts.Node): string | undefined =>
  (ts.isClassDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node)) &&
  node.name &&
  ts.isIdentifier(node.name)
    ? node.name.text
    : undefined;

describe('the shape of the product', () => {
  const sources = files.filter(({ room }) => product.includes(room));

  it('has functions of at most 40 lines, except makers', () => {
    const body = '  call();\n'.repeat(mostFunctionLines);
    const long = `function long() {\n${body}}\n`;
    expect(longFunctions({ path: 'a.ts', text: long })).toEqual(['a.ts: long, 42']);
    expect(longFunctions({ path: 'a.ts', text: long.replace('long', 'slotsOn') })).toEqual([]);
    expect(sources.length).toBeGreaterThan(200);
    const found = sources.flatMap(longFunctions).map((each) => /: (\w*),/.exec(each)?.[1] ?? each);
    expect(found.sort()).toEqual(longer);
  });
});
