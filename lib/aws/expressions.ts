import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

type Bindings = { names?: Record<string, string> | undefined; values?: Record<string, unknown> | undefined };
type Attributes = Record<string, AttributeValue>;
type Bound = { ExpressionAttributeNames?: Record<string, string>; ExpressionAttributeValues?: Attributes };

export const toAttributes = (values: Record<string, unknown>): Attributes =>
  marshall(values, { removeUndefinedValues: true });
export const fromAttributes = <T>(attributes: Attributes): T => unmarshall(attributes) as T;

/**
 * The meaning of `#word` and `:word` in these expressions: `#word` is the attribute of that name,
 * unless `names` says otherwise.
 */
export function bind(expressions: string[], { names = {}, values = {} }: Bindings): Bound {
  const words = expressions.flatMap((text) => text.match(/#\w+/g) ?? []).map((word) => word.slice(1));
  const allNames = { ...Object.fromEntries(words.map((word) => [word, word])), ...names };
  // DynamoDB refuses an empty map, and names or values that no expression uses.
  return {
    ...(Object.keys(allNames).length > 0 && { ExpressionAttributeNames: prefixed('#', allNames) }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: toAttributes(prefixed(':', values)) }),
  };
}

const prefixed = <T>(sign: string, record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([word, value]) => [sign + word, value]));
