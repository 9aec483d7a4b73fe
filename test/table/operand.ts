import { size } from './comparison.ts';
import { type Names, type Path, parsePath, readPath } from './path.ts';
import type { Tokens } from './tokens.ts';
import { validation } from './validation.ts';
import { type AttributeMap, typeOf } from './values.ts';

export type Values = Readonly<Record<string, unknown>>;
/**
 * The scope of an expression: the item before the write (empty where there is none), and the
 * request's bindings.
 */
export type Scope = { item: AttributeMap; names: Names; values: Values };
export type Read = (scope: Scope) => unknown;
/** A check of the request alone, which DynamoDB makes before it reads the item. */
export type Check = (values: Values) => void;

/** `value` is the word of `:word`, `path` that of a document path; `size(…)` has neither. */
export type Operand = { read: Read; value?: string; path?: Path };

export function parseOperand(tokens: Tokens): Operand {
  if (tokens.peek().startsWith(':')) return valueOperand(tokens);
  if (tokens.isKeyword('SIZE') && tokens.peek(1) === '(') return sizeOperand(tokens);
  return pathOperand(tokens);
}

export function valueOperand(tokens: Tokens): Operand & { value: string } {
  const value = tokens.word(':');
  return { value, read: ({ values }) => values[value] };
}

export function pathOperand(tokens: Tokens): Operand & { path: Path } {
  const path = parsePath(tokens);
  return { path, read: ({ item, names }) => readPath(item, path, names) };
}

function sizeOperand(tokens: Tokens): Operand {
  tokens.take();
  tokens.take('(');
  const { read } = tokens.peek().startsWith(':') ? valueOperand(tokens) : pathOperand(tokens);
  tokens.take(')');
  return { read: (scope) => size(read(scope)) };
}

/** DynamoDB refuses a value in the request whose type the operator never accepts. */
export function mustBe(allowed: readonly string[], operator: string, ...operands: Operand[]): Check {
  const words = operands.flatMap(({ value }) => value ?? []);
  return (values) => {
    for (const word of words)
      if (!allowed.includes(typeOf(values[word])))
        throw validation(`${operator} does not take a value of type ${typeOf(values[word])}`);
  };
}
