import ts from 'typescript';

/** A token of TypeScript. `key` is the same for every spelling of it. */
export type Token = { key: string; text: string; start: number; end: number };

const stringKinds = new Set([ts.SyntaxKind.StringLiteral, ts.SyntaxKind.NoSubstitutionTemplateLiteral]);
const templateKinds = new Set([
  ts.SyntaxKind.TemplateHead,
  ts.SyntaxKind.TemplateMiddle,
  ts.SyntaxKind.TemplateTail,
]);

const isText = (kind: ts.SyntaxKind): boolean => stringKinds.has(kind) || templateKinds.has(kind);
const keyOf = (kind: ts.SyntaxKind, text: string): string =>
  isText(kind) ? `${ts.SyntaxKind[kind]} ${text.replace(/\s+/g, ' ')}`.replace(/"/g, "'") : text;

/** The tokens of a declaration in its file. */
export function tokensOf(file: ts.SourceFile, node: ts.Node): Token[] {
  if (ts.isJSDoc(node)) return [];
  const children = node.getChildren(file);
  if (children.length > 0) return children.flatMap((child) => tokensOf(file, child));
  const [start, end] = [node.getStart(file), node.getEnd()];
  return start === end ? [] : [{ ...tokenOf(node.kind, file.text.slice(start, end)), start, end }];
}

const tokenOf = (kind: ts.SyntaxKind, text: string) => ({ key: keyOf(kind, text), text });

/** The tokens of a piece of code, which need not be a whole statement. */
export function tokensIn(code: string): Token[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, code);
  const tokens: Token[] = [];
  const braces: number[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.GreaterThanToken) kind = scanner.reScanGreaterToken();
    if (kind === ts.SyntaxKind.CloseBraceToken && braces.at(-1) === 0) {
      kind = scanner.reScanTemplateToken(false);
      if (kind === ts.SyntaxKind.TemplateTail) braces.pop();
    } else if (kind === ts.SyntaxKind.TemplateHead) braces.push(0);
    else if (braces.length > 0 && kind === ts.SyntaxKind.OpenBraceToken)
      braces.push(Number(braces.pop()) + 1);
    else if (braces.length > 0 && kind === ts.SyntaxKind.CloseBraceToken)
      braces.push(Number(braces.pop()) - 1);
    const [start, end] = [scanner.getTokenStart(), scanner.getTokenEnd()];
    tokens.push({ ...tokenOf(kind, code.slice(start, end)), start, end });
  }
  return tokens;
}

/** Drops the commas that a formatter puts before a closing bracket. */
export const withoutTrailingCommas = (tokens: Token[]): Token[] =>
  tokens.filter(({ key }, at) => key !== ',' || ![')', ']', '}'].includes(tokens[at + 1]?.key ?? ''));

/** Whether the token is a string, or a piece of a template. */
export const isString = ({ text }: Token): boolean => /^['"`}]/.test(text) && text.length > 1;
