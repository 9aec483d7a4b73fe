import { beginsWith, contains, equal, order } from './comparison.ts';
import {
  type Check,
  mustBe,
  type Operand,
  parseOperand,
  pathOperand,
  type Scope,
  valueOperand,
} from './operand.ts';
import { type Tokens, tokensOf } from './tokens.ts';
import { validation } from './validation.ts';
import { typeOf, types } from './values.ts';

export type Test = (scope: Scope) => boolean;
export type Condition = {
  test: Test;
  checks: Check[];
  names: ReadonlySet<string>;
  values: ReadonlySet<string>;
};
type Source = { tokens: Tokens; checks: Check[] };

/** A compiled condition or filter expression. */
export function parseCondition(text: string): Condition {
  const tokens = tokensOf(text);
  const checks: Check[] = [];
  const test = disjunction({ tokens, checks });
  tokens.end();
  return { test, checks, names: tokens.names, values: tokens.values };
}

function disjunction(source: Source): Test {
  let test = conjunction(source);
  while (source.tokens.skip('OR')) {
    const [left, right] = [test, conjunction(source)];
    test = (scope) => left(scope) || right(scope);
  }
  return test;
}

function conjunction(source: Source): Test {
  let test = negation(source);
  while (source.tokens.skip('AND')) {
    const [left, right] = [test, negation(source)];
    test = (scope) => left(scope) && right(scope);
  }
  return test;
}

function negation(source: Source): Test {
  if (!source.tokens.skip('NOT')) return primary(source);
  const test = negation(source);
  return (scope) => !test(scope);
}

function primary(source: Source): Test {
  const { tokens } = source;
  const called = tokens.peek(1) === '(' ? functions[tokens.peek()] : undefined;
  if (called !== undefined) {
    tokens.take();
    tokens.take('(');
  } else if (!tokens.skip('(')) return comparison(source);
  const test = (called ?? disjunction)(source);
  tokens.take(')');
  return test;
}

const functions: Readonly<Record<string, (source: Source) => Test>> = {
  attribute_exists({ tokens }) {
    const { read } = pathOperand(tokens);
    return (scope) => read(scope) !== undefined;
  },
  attribute_not_exists({ tokens }) {
    const { read } = pathOperand(tokens);
    return (scope) => read(scope) === undefined;
  },
  attribute_type({ tokens, checks }) {
    const [{ read }, type] = [pathOperand(tokens), next(tokens, valueOperand)];
    checks.push((values) => {
      if (!types.has(String(values[type.value])))
        throw validation(`attribute_type knows no type ${String(values[type.value])}`);
    });
    return (scope) => read(scope) !== undefined && typeOf(read(scope)) === type.read(scope);
  },
  begins_with({ tokens, checks }) {
    const [value, start] = [parseOperand(tokens), next(tokens, parseOperand)];
    checks.push(mustBe(['S', 'B'], 'begins_with', value, start));
    return (scope) => beginsWith(value.read(scope), start.read(scope));
  },
  contains({ tokens }) {
    const [value, part] = [parseOperand(tokens), next(tokens, parseOperand)];
    if (value.path !== undefined && value.path.join('.') === part.path?.join('.'))
      throw validation('contains takes two different operands');
    return (scope) => contains(value.read(scope), part.read(scope));
  },
};

function next<T>(tokens: Tokens, parse: (tokens: Tokens) => T): T {
  tokens.take(',');
  return parse(tokens);
}

function comparison({ tokens, checks }: Source): Test {
  const left = parseOperand(tokens);
  if (tokens.skip('BETWEEN')) return between({ tokens, checks }, left);
  if (tokens.skip('IN')) return oneOf(tokens, left);
  const comparator = tokens.peek();
  const compare = comparators[comparator];
  if (compare === undefined) throw tokens.fail();
  tokens.take();
  const right = parseOperand(tokens);
  if (comparator !== '=' && comparator !== '<>')
    checks.push(mustBe(['S', 'N', 'B'], comparator, left, right));
  return (scope) => compare(left.read(scope), right.read(scope));
}

const comparators: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '=': equal,
  '<>': (left, right) => !equal(left, right),
  '<': (left, right) => order(left, right) < 0,
  '<=': (left, right) => order(left, right) <= 0,
  '>': (left, right) => order(left, right) > 0,
  '>=': (left, right) => order(left, right) >= 0,
};

function between({ tokens, checks }: Source, operand: Operand): Test {
  const lower = parseOperand(tokens);
  tokens.take('AND');
  const upper = parseOperand(tokens);
  checks.push(mustBe(['S', 'N', 'B'], 'BETWEEN', operand, lower, upper), (values) => {
    if (lower.value === undefined || upper.value === undefined) return;
    if (!(order(values[lower.value], values[upper.value]) <= 0))
      throw validation('BETWEEN needs a lower bound that is not above the upper');
  });
  return (scope) =>
    order(lower.read(scope), operand.read(scope)) <= 0 && order(operand.read(scope), upper.read(scope)) <= 0;
}

function oneOf(tokens: Tokens, operand: Operand): Test {
  tokens.take('(');
  const candidates = [parseOperand(tokens)];
  while (tokens.peek() === ',') candidates.push(next(tokens, parseOperand));
  tokens.take(')');
  return (scope) => candidates.some(({ read }) => equal(operand.read(scope), read(scope)));
}
