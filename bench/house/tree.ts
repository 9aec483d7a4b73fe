import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

export type Import = { to: string; typeOnly: boolean };
/**
 * A source file. `comments` and `characters` leave white space out; `functions` are the line
 * counts of named functions.
 */
export type Source = {
  path: string;
  text: string;
  lines: number;
  characters: number;
  comments: number;
  functions: number[];
  imports: Import[];
};

const left = new Set(['node_modules', 'cdk.out', 'coverage']);

/** Every TypeScript file of a checkout, with its imports from that checkout. */
export function sourcesOf(root: string): Source[] {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const aliases = Object.entries(imports as Record<string, string>).map(
    ([from, to]) => [from.replace('*', ''), to.replace('./', '').replace('*', '')] as const,
  );
  return filesIn(root, root).map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return sourceOf(path, text, (specifier) => resolved(path, specifier, aliases));
  });
}

const filesIn = (root: string, folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !left.has(name) && !name.startsWith('.'))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(root, path);
      return entry.name.endsWith('.ts') ? [relative(root, path)] : [];
    });

type Aliases = (readonly [string, string])[];
function resolved(path: string, specifier: string, aliases: Aliases): string | undefined {
  if (specifier.startsWith('.')) return join(dirname(path), specifier);
  const alias = aliases.find(([from]) => specifier.startsWith(from));
  return alias && alias[1] + specifier.slice(alias[0].length);
}

/** Reads one file with the compiler's parser. */
export function sourceOf(
  path: string,
  text: string,
  resolve: (specifier: string) => string | undefined = (specifier) => specifier,
): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const source: Source = {
    path,
    text,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    characters: solid(text),
    comments: commentsOf(tree, text),
    functions: [],
    imports: [],
  };
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    const to = found && resolve(found.specifier);
    if (found && to) source.imports.push({ to, typeOnly: found.typeOnly });
    if (isNamedFunction(node)) source.functions.push(linesOf(tree, node));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return source;
}

const solid = (text: string): number => text.replaceAll(/\s/g, '').length;

function commentsOf(tree: ts.SourceFile, text: string): number {
  const ranges = new Map<number, number>();
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of ts.getLeadingCommentRanges(text, node.pos) ?? []) ranges.set(pos, end);
    for (const { pos, end } of ts.getTrailingCommentRanges(text, node.end) ?? []) ranges.set(pos, end);
    for (const child of node.getChildren(tree)) visit(child);
  };
  visit(tree);
  return [...ranges].reduce((all, [pos, end]) => all + solid(text.slice(pos, end)), 0);
}

function importOf(node: ts.Node): { specifier: string; typeOnly: boolean } | undefined {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    return argument && ts.isStringLiteral(argument)
      ? { specifier: argument.text, typeOnly: false }
      : undefined;
  }
  if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) return;
  if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) return;
  return { specifier: node.moduleSpecifier.text, typeOnly: isTypeOnly(node) };
}

/** True for `import type`, and for a list in which every name is a type. */
function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  const clause = ts.isImportDeclaration(node) ? node.importClause : node;
  if (!clause || clause.isTypeOnly) return clause !== undefined;
  if (ts.isImportClause(clause) && clause.name) return false;
  const names = ts.isImportClause(clause) ? clause.namedBindings : clause.exportClause;
  if (!names || !(ts.isNamedImports(names) || ts.isNamedExports(names))) return false;
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly);
}

/** A declaration, a method, or an arrow function that is given a name. */
const isNamedFunction = (node: ts.Node): boolean =>
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ((ts.isArrowFunction(node) || ts.isFunctionExpression(node)) &&
    (ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent)));

const linesOf = (tree: ts.SourceFile, node: ts.Node): number =>
  tree.getLineAndCharacterOfPosition(node.end).line -
  tree.getLineAndCharacterOfPosition(node.getStart(tree)).line +
  1;
