import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { isString, type Token, tokensIn, tokensOf, withoutTrailingCommas } from './tokens.ts';

/**
 * A place in the product, independent of files and formatting: `code` (consecutive tokens) or
 * `text` (part of a string) that occurs exactly once in the top-level declaration `in`. `by`
 * replaces it.
 */
export type Pin = { in: string; by: string } & ({ code: string } | { text: string });
/** The file in which a pin was found, and its text with the bug. */
export type Planted = { path: string; text: string };

const rooms = ['domain', 'events', 'lib', 'systems', 'wiring'];
type Found = { path: string; start: number; end: number };

/** Plants the bug into the checkout's text. Throws where a pin holds nowhere, or in more than one place. */
export function planted(root: string, story: string, pins: Pin[]): Planted[] {
  const files = new Map<string, string>();
  for (const pin of pins) {
    const found = declarationsOf(root, pin.in, files).flatMap((at) => placesOf(at, pin));
    const [place] = found;
    if (!place || found.length > 1)
      throw new Error(`"${story}": its place in ${pin.in} is there ${found.length} times`);
    const text = files.get(place.path) ?? readFileSync(join(root, place.path), 'utf8');
    files.set(place.path, text.slice(0, place.start) + pin.by + text.slice(place.end));
  }
  return [...files].map(([path, text]) => ({ path, text }));
}

type Declaration = { path: string; file: ts.SourceFile; node: ts.Node };

function declarationsOf(root: string, name: string, changed: Map<string, string>): Declaration[] {
  const declares = new RegExp(`\\b(?:const|let|function\\*?|class)\\s+${name}\\b`);
  return pathsIn(root).flatMap((path) => {
    const text = changed.get(path) ?? readFileSync(join(root, path), 'utf8');
    if (!declares.test(text)) return [];
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    return file.statements.filter((node) => isOf(node, name)).map((node) => ({ path, file, node }));
  });
}

const pathsIn = (root: string): string[] =>
  rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(room, path)),
  );

function isOf(node: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.some((one) => one.name.getText() === name);
  return (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name?.text === name;
}

function placesOf({ path, file, node }: Declaration, pin: Pin): Found[] {
  const tokens = withoutTrailingCommas(tokensOf(file, node));
  const found = 'code' in pin ? inARow(tokens, pin.code) : inStrings(tokens, pin.text);
  return found.map((place) => ({ path, ...place }));
}

function inARow(tokens: Token[], code: string): Omit<Found, 'path'>[] {
  const asked = withoutTrailingCommas(tokensIn(code));
  return tokens.flatMap((syncId, at) => {
    const row = tokens.slice(at, at + asked.length);
    const same = row.length === asked.length && row.every(({ key }, i) => key === asked[i]?.key);
    return same ? [{ start: syncId.start, end: row.at(-1)?.end ?? syncId.end }] : [];
  });
}

const inStrings = (tokens: Token[], text: string): Omit<Found, 'path'>[] =>
  tokens.filter(isString).flatMap((syncId) =>
    indexesOf(text, syncId.text).map((index) => {
      const start = syncId.start + index;
      return { start, end: start + text.length };
    }),
  );

const indexesOf = (part: string, whole: string): number[] =>
  [...whole].flatMap((_, at) => (whole.startsWith(part, at) ? [at] : []));
