import { add } from './decimal.ts';
import { type Check, mustBe, pathOperand, type Read, type Scope, valueOperand } from './operand.ts';
import { type Path, parsePath, refuseOverlap, writePath } from './path.ts';
import { type Tokens, tokensOf } from './tokens.ts';
import { validation } from './validation.ts';

/** `next` computes the value from the item before the write; undefined removes the attribute. */
type Action = { path: Path; next: Read; creates: boolean };
type Source = { tokens: Tokens; checks: Check[] };
export type Update = {
  actions: Action[];
  paths: Path[];
  checks: Check[];
  names: ReadonlySet<string>;
  values: ReadonlySet<string>;
};

/** A compiled update expression. */
export function parseUpdate(text: string): Update {
  const tokens = tokensOf(text);
  const [checks, actions, met]: [Check[], Action[], Set<string>] = [[], [], new Set()];
  while (tokens.peek() !== '') {
    const clause = tokens.take().toUpperCase();
    const parse = clauses[clause];
    if (parse === undefined || met.has(clause))
      throw validation(`Not a clause, or twice: ${clause} in ${text}`);
    met.add(clause);
    do actions.push(parse({ tokens, checks }));
    while (tokens.skip(','));
  }
  const paths = actions.map(({ path }) => path);
  refuseOverlap(paths, undefined);
  return { actions, paths, checks, names: tokens.names, values: tokens.values };
}

/**
 * A new item that shares unchanged parts. Every value is computed from the item before the write.
 */
export function applyUpdate<T extends Scope['item']>({ actions, paths }: Update, scope: Scope, base: T): T {
  if (scope.names !== undefined) refuseOverlap(paths, scope.names);
  const after: Record<string, unknown> = { ...base };
  for (const { path, next } of actions) writePath(after, path, scope.names, next(scope));
  return after as T;
}

const clauses: Readonly<Record<string, (source: Source) => Action>> = {
  SET({ tokens, checks }) {
    const path = parsePath(tokens);
    tokens.take('=');
    const left = parseValue({ tokens, checks });
    const sign = tokens.peek() === '+' ? 1 : tokens.peek() === '-' ? -1 : 0;
    if (sign === 0) return { path, next: left, creates: true };
    tokens.take();
    const right = parseValue({ tokens, checks });
    return { path, next: (scope) => add(number(left(scope)), sign * number(right(scope))), creates: true };
  },
  REMOVE: ({ tokens }) => ({ path: parsePath(tokens), next: () => undefined, creates: false }),
  ADD({ tokens, checks }) {
    const [{ path, read }, operand] = [pathOperand(tokens), valueOperand(tokens)];
    checks.push(mustBe(['N', 'SS'], 'ADD', operand));
    return { path, next: (scope) => added(read(scope), operand.read(scope)), creates: true };
  },
  DELETE({ tokens, checks }) {
    const [{ path, read }, operand] = [pathOperand(tokens), valueOperand(tokens)];
    checks.push(mustBe(['SS'], 'DELETE', operand));
    return {
      path,
      next: (scope) => without(read(scope), operand.read(scope) as Set<string>),
      creates: false,
    };
  },
};

function parseValue(source: Source): Read {
  const { tokens } = source;
  if (tokens.peek().startsWith(':')) return valueOperand(tokens).read;
  const name = tokens.peek(1) === '(' ? tokens.peek() : '';
  if (name === '') return present(pathOperand(tokens).read);
  const parse = { if_not_exists: ifNotExists, list_append: listAppend }[name];
  if (parse === undefined) throw tokens.fail();
  tokens.take();
  tokens.take('(');
  const read = parse(source);
  tokens.take(')');
  return read;
}

function ifNotExists(source: Source): Read {
  const { read } = pathOperand(source.tokens);
  source.tokens.take(',');
  const otherwise = parseValue(source);
  return (scope) => {
    const value = read(scope);
    return value === undefined ? otherwise(scope) : value; // null is a value
  };
}

function listAppend(source: Source): Read {
  const left = parseValue(source);
  source.tokens.take(',');
  const right = parseValue(source);
  return (scope) => [...list(left(scope)), ...list(right(scope))];
}

const wrongType = () => validation('An operand in the update expression has an incorrect data type');

const present =
  (read: Read): Read =>
  (scope) => {
    const value = read(scope);
    if (value === undefined)
      throw validation('The expression refers to an attribute that does not exist in the item');
    return value;
  };

function number(value: unknown): number {
  if (typeof value !== 'number') throw wrongType();
  return value;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw wrongType();
  return value;
}

function added(current: unknown, more: unknown): unknown {
  if (current === undefined) return more;
  if (typeof current === 'number' && typeof more === 'number') return add(current, more);
  if (current instanceof Set && more instanceof Set) return new Set([...current, ...more]);
  throw wrongType();
}

function without(current: unknown, gone: Set<string>): unknown {
  if (current === undefined) return undefined;
  if (!(current instanceof Set)) throw wrongType();
  const rest = [...current].filter((element) => !gone.has(element));
  return rest.length > 0 ? new Set(rest) : undefined;
}
