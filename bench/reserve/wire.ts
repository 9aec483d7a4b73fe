import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, Key, Put, Write } from '#lib/aws/table.ts';
import type { MemoryTable } from '#table/memory-table.ts';
import { writeUnits } from '#table/units.ts';

type Fields = { [field: string]: unknown };
export type Answered = { status: number; body: Fields; units: number };
type Input = Fields & { Key: Fields; Item: Fields };

/** Binary values travel as base64. */
const fromWire = (attributes: unknown): Fields =>
  unmarshall(
    JSON.parse(JSON.stringify(attributes), (name, value) =>
      name === 'B' && typeof value === 'string' ? Uint8Array.from(Buffer.from(value, 'base64')) : value,
    ),
  );
const toWire = (item: Fields): Fields =>
  JSON.parse(
    JSON.stringify(marshall(item, { removeUndefinedValues: true }), (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  );

const unsigned = <T>(record: object = {}): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([word, value]) => [word.slice(1), value as T]));

const bindings = ({ ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Fields) => ({
  ...(names ? { names: unsigned<string>(names) } : {}),
  ...(values ? { values: unsigned(fromWire(values)) } : {}),
});
const always = 'attribute_not_exists(#pk) OR attribute_exists(#pk)';
const underCondition = (input: Fields) =>
  input.ConditionExpression
    ? { condition: String(input.ConditionExpression), ...bindings(input) }
    : { condition: always, ...bindings(input), names: { ...bindings(input).names, pk: 'pk' } };

/**
 * DynamoDB's wire protocol over the in-memory table: the operations of the three handlers, with
 * the write units that AWS bills.
 */
export function wireOf(table: MemoryTable) {
  /** The table in memory cannot delete, so a deleted item is renamed. */
  const lives = new Map<string, number>();
  const nameOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
  const now = <K extends Key>(key: K): K => {
    const life = lives.get(nameOf(key));
    return life ? { ...key, sk: `${key.sk}~${life}` } : key;
  };
  const shown = (item: Item, key: Key): Fields => toWire({ ...item, sk: key.sk });

  const decided = async (input: Input, key: Key, run: () => ReturnType<MemoryTable['updateItem']>) => {
    const before = table.peek(now(key));
    const { accepted, item } = await run();
    const units = writeUnits(before, item);
    if (accepted)
      return { status: 200, units, body: input.ReturnValues && item ? { Attributes: shown(item, key) } : {} };
    const old = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && item;
    const body = {
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'The conditional request failed',
      ...(old && { Item: shown(old, key) }),
    };
    return { status: 400, units, body };
  };

  const operations: Record<string, (input: Input) => Promise<Answered>> = {
    async GetItem(input) {
      const key = fromWire(input.Key) as Key;
      const item = await table.getItem(now(key));
      return { status: 200, units: 0, body: item ? { Item: shown(item, key) } : {} };
    },
    UpdateItem(input) {
      const key = fromWire(input.Key) as Key;
      const write = { label: '', key: now(key), update: String(input.UpdateExpression) };
      return decided(input, key, () => table.updateItem({ ...write, ...underCondition(input) } as Write));
    },
    PutItem(input) {
      const item = fromWire(input.Item) as Item;
      const put = { label: '', item: now(item), ...underCondition(input) };
      return decided(input, item, () => table.putItem(put as Put));
    },
    async DeleteItem(input) {
      const key = fromWire(input.Key) as Key;
      const units = writeUnits(table.peek(now(key)));
      lives.set(nameOf(key), (lives.get(nameOf(key)) ?? 0) + 1);
      return { status: 200, units, body: {} };
    },
  };
  return (operation: string, input: unknown): Promise<Answered> => {
    const run = operations[operation];
    if (!run) throw new Error(`The bench knows no ${operation}`);
    return run(input as Input);
  };
}
