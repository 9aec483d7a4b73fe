import { validation } from './validation.ts';

/** An expression as a stream of tokens. */
export type Tokens = ReturnType<typeof tokensOf>;

export function tokensOf(text: string) {
  const tokens = split(text);
  const names = new Set<string>();
  const values = new Set<string>();
  let at = 0;

  const reader = {
    /** Every `#word` and `:word` so far, since DynamoDB refuses unused bindings. */
    names,
    values,
    peek: (ahead = 0): string => tokens[at + ahead] ?? '',
    isKeyword: (keyword: string): boolean => reader.peek().toUpperCase() === keyword,
    fail: () => validation(`Syntax error at "${reader.peek()}" in: ${text}`),
    take(expected?: string): string {
      const token = reader.peek();
      if (token === '' || (expected !== undefined && token.toUpperCase() !== expected)) throw reader.fail();
      at += 1;
      return token;
    },
    /** Consumes the next token if it is this one. */
    skip(expected: string): boolean {
      const met = reader.isKeyword(expected);
      if (met) at += 1;
      return met;
    },
    word: (sign: '#' | ':'): string => {
      if (!reader.peek().startsWith(sign)) throw reader.fail();
      const word = reader.take().slice(1);
      (sign === '#' ? names : values).add(word);
      return word;
    },
    end(): void {
      if (at < tokens.length) throw reader.fail();
    },
  };
  return reader;
}

function split(text: string): string[] {
  if (text.trim() === '') throw validation('An expression cannot be empty');
  const pattern = /\s*(#\w+|:\w+|\w+|<>|<=|>=|[=<>(),.+-])\s*/y;
  const tokens: string[] = [];
  while (pattern.lastIndex < text.length) {
    const from = pattern.lastIndex;
    const token = pattern.exec(text)?.[1];
    if (token === undefined) throw validation(`Not understood from here on: ${text.slice(from)}`);
    tokens.push(token);
  }
  refuseRedundant(tokens, text);
  return tokens;
}

/** DynamoDB refuses `((a))`. */
function refuseRedundant(tokens: string[], text: string): void {
  const open: number[] = [];
  const closedBy = new Map<number, number>();
  tokens.forEach((token, at) => {
    if (token === '(') open.push(at);
    if (token === ')') closedBy.set(open.pop() ?? -1, at);
  });
  for (const [from, to] of closedBy)
    if (tokens[from] === '(' && tokens[from + 1] === '(' && closedBy.get(from + 1) === to - 1)
      throw validation(`Redundant parentheses: ${text}`);
}
