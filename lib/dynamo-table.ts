import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { bind, fromAttributes, toAttributes } from './expressions.ts';
import type { Decision, Item, Key, Query, Table, Write } from './table.ts';

/** The table as DynamoDB holds it. A condition that fails is an answer; everything else that goes wrong is thrown. */
export const dynamoTable = ({ client, name }: { client: DynamoDBClient; name: string }): Table => ({
  async get(key) {
    const { Item } = await client.send(new GetItemCommand({ TableName: name, Key: keyOf(key), ConsistentRead: true }));
    return Item && fromAttributes<Item>(Item);
  },

  update: (write) =>
    decision(async () => {
      const { Attributes } = await client.send(new UpdateItemCommand({ ...updateOf(name, write), ReturnValues: 'ALL_NEW' }));
      return fromAttributes<Item>(Attributes ?? {});
    }),

  put: ({ item, condition, names, values }) =>
    decision(async () => {
      const Item = toAttributes(item);
      await client.send(new PutItemCommand({ TableName: name, Item, ...conditionOf(condition), ...bind([condition], { names, values }) }));
      return fromAttributes<Item>(Item);
    }),

  async query(query) {
    const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(queryOf(name, query)));
    const items = Items.map((item) => fromAttributes<Item>(item));
    return LastEvaluatedKey ? { items, last: lastOf(query, fromAttributes<Key>(LastEvaluatedKey)) } : { items };
  },

  async transact(writes) {
    try {
      // The SDK sends a request token of its own, so its second attempt is no second transaction.
      await client.send(new TransactWriteItemsCommand({ TransactItems: writes.map((write) => ({ Update: updateOf(name, write) })) }));
      return true;
    } catch (error) {
      if (error instanceof TransactionCanceledException && refused(error)) return false;
      throw error;
    }
  },
});

async function decision(write: () => Promise<Item>): Promise<Decision> {
  try {
    return { accepted: true, item: await write() };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { accepted: false, item: error.Item && fromAttributes<Item>(error.Item) };
  }
}

const outages = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Beside a conflict or a throttle a failed condition may have seen a state that did not last: that is nobody's refusal. */
function refused({ CancellationReasons = [] }: TransactionCanceledException): boolean {
  const codes = CancellationReasons.map((reason) => reason.Code ?? 'None');
  return codes.includes('ConditionalCheckFailed') && !codes.some((code) => outages.has(code));
}

/** Only the key: an item is a key too, and DynamoDB refuses what else it carries. */
const keyOf = ({ pk, sk }: Key) => toAttributes({ pk, sk });

const conditionOf = (condition: string) => ({
  ConditionExpression: condition,
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

const updateOf = (name: string, { key, update, condition, names, values }: Write) => ({
  TableName: name,
  Key: keyOf(key),
  UpdateExpression: update,
  ...conditionOf(condition),
  ...bind([update, condition], { names, values }),
});

function queryOf(name: string, query: Query) {
  const { pk, after, limit, filter, names, values } = query;
  const range = query.index ? inIndex(query.index, query.before) : inTable(query.prefix);
  return {
    TableName: name,
    ...range.where,
    KeyConditionExpression: range.condition,
    ...(filter && { FilterExpression: filter }),
    ...(limit !== undefined && { Limit: limit }),
    ...(after !== undefined && { ExclusiveStartKey: query.index ? toAttributes(JSON.parse(after)) : keyOf({ pk, sk: after }) }),
    ...bind([range.condition, filter ?? ''], { names: { ...names, ...range.names }, values: { ...values, keyPk: pk, ...range.values } }),
  };
}

const inTable = (prefix?: string) => ({
  where: { ConsistentRead: true },
  condition: prefix ? '#keyPk = :keyPk AND begins_with(#keySk, :keyPrefix)' : '#keyPk = :keyPk',
  names: { keyPk: 'pk', ...(prefix && { keySk: 'sk' }) },
  values: prefix ? { keyPrefix: prefix } : {},
});

const inIndex = (index: string, before?: number) => ({
  where: { IndexName: index },
  condition: before === undefined ? '#keyPk = :keyPk' : '#keyPk = :keyPk AND #keyDue < :keyBefore',
  names: { keyPk: 'openShard', ...(before !== undefined && { keyDue: 'due' }) },
  values: before === undefined ? {} : { keyBefore: before },
});

/** A place in an index is four attributes: its own two, and the item's key, since several may be due at once. */
const lastOf = ({ index }: Query, key: Key): string => (index ? JSON.stringify(key) : key.sk);
