import { type Condition, parseCondition } from './condition.ts';
import type { Check, Values } from './operand.ts';
import type { Names } from './path.ts';
import { parseUpdate, type Update } from './update.ts';
import { validation } from './validation.ts';
import { copy } from './values.ts';

type Uses = { checks: Check[]; names: ReadonlySet<string>; values: ReadonlySet<string> };
type Bindings = { names?: Record<string, string>; values?: Record<string, unknown> };

const remembered = <T>(parse: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    let parsed = known.get(text);
    if (parsed === undefined) {
      parsed = parse(text);
      known.set(text, parsed);
    }
    return parsed;
  };
};

/** Parsed expressions, each parsed once per process. */
export const conditionOf: (text: string) => Condition = remembered(parseCondition);
export const updateOf: (text: string) => Update = remembered(parseUpdate);

/** Refuses missing and unused bindings. Returns the table's own copy of the values. */
export function bind({ names, values = {} }: Bindings, ...used: Uses[]): { names: Names; values: Values } {
  const own: Record<string, unknown> = {};
  for (const name in names)
    if (!used.some((uses) => uses.names.has(name))) throw validation(`Name given and not used: #${name}`);
  for (const word in values) {
    if (!used.some((uses) => uses.values.has(word))) throw validation(`Value given and not used: :${word}`);
    own[word] = copy(values[word]);
  }
  for (const uses of used) {
    for (const word of uses.values)
      if (own[word] === undefined) throw validation(`Value used and not given: :${word}`);
    for (const check of uses.checks) check(own);
  }
  return { names, values: own };
}
