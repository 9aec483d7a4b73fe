import type { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { wrote } from './aws-calls.ts';
import type { DynamoCalls } from './dynamo-calls.ts';
import { bind, fromAttributes, toAttributes } from './expressions.ts';
import { type IndexName, indexes } from './indexes.ts';
import type { Decision, IndexQuery, Item, Key, Page, Query, Table, Write } from './table.ts';

type Reached = { call: DynamoCalls; name: string };

/** A `Table` in DynamoDB. A failed condition is an answer; every other failure is thrown. */
export const dynamoTable = ({ call, name }: Reached): Table => ({
  async getItem(key) {
    const { Item } = await call('GetItem', { TableName: name, Key: keyOf(key), ConsistentRead: true });
    return Item && fromAttributes<Item>(Item);
  },

  async batchGetItems(keys) {
    const asked = { [name]: { Keys: keys.map(keyOf), ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await call('BatchGetItem', { RequestItems: asked });
    if (UnprocessedKeys && Object.keys(UnprocessedKeys).length > 0)
      throw new Error('DynamoDB has left some of the keys for later');
    const found = (Responses?.[name] ?? []).map((item) => fromAttributes<Item>(item));
    return keys.map(({ pk, sk }) => found.find((item) => item.pk === pk && item.sk === sk));
  },

  updateItem: (write) =>
    decision(async () => {
      wrote(write.label);
      const { Attributes } = await call('UpdateItem', { ...updateOf(name, write), ReturnValues: 'ALL_NEW' });
      return fromAttributes<Item>(Attributes ?? {});
    }),

  putItem: ({ label, item, condition, names, values }) =>
    decision(async () => {
      wrote(label);
      const Item = toAttributes(item);
      await call('PutItem', {
        TableName: name,
        Item,
        ...conditionOf(condition),
        ...bind([condition], { names, values }),
      });
      return fromAttributes<Item>(Item);
    }),

  queryItems: (query) => pageOf({ call, name }, query),
  queryIndex: (query) => pageOf({ call, name }, query),

  async transactWriteItems(writes) {
    try {
      // Each client sends a request token, so a second attempt is no second transaction.
      await call('TransactWriteItems', {
        TransactItems: writes.map((write) => ({ Update: updateOf(name, write) })),
      });
      return true;
    } catch (error) {
      if (isNamed(error, 'TransactionCanceledException') && refused(error as TransactionCanceledException))
        return false;
      throw error;
    }
  },
});

type AnyQuery = Query & Partial<IndexQuery>;

async function pageOf({ call, name }: Reached, query: AnyQuery): Promise<Page> {
  const { Items = [], LastEvaluatedKey } = await call('Query', queryOf(name, query));
  const items = Items.map((item) => fromAttributes<Item>(item));
  return LastEvaluatedKey ? { items, last: lastOf(query, fromAttributes<Key>(LastEvaluatedKey)) } : { items };
}

async function decision(write: () => Promise<Item>): Promise<Decision> {
  try {
    return { accepted: true, item: await write() };
  } catch (error) {
    if (!isNamed(error, 'ConditionalCheckFailedException')) throw error;
    const { Item: old } = error as ConditionalCheckFailedException;
    return { accepted: false, item: old && fromAttributes<Item>(old) };
  }
}

/** Compared by name, since each client has its own error classes. */
const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

const outages = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Beside a conflict or a throttle, a failed condition may have seen a state that did not last:
 * that is no refusal.
 */
function refused({ CancellationReasons = [] }: TransactionCanceledException): boolean {
  const codes = CancellationReasons.map((reason) => reason.Code ?? 'None');
  return codes.includes('ConditionalCheckFailed') && !codes.some((code) => outages.has(code));
}

/** The key alone: callers may pass a whole item, which DynamoDB refuses as a key. */
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

function queryOf(name: string, query: AnyQuery) {
  const { pk, after, limit, filter, backwards, names, values } = query;
  const range = query.index ? inIndex(query.index, query.before) : inTable(query.prefix);
  return {
    TableName: name,
    ...range.where,
    KeyConditionExpression: range.condition,
    ...(filter && { FilterExpression: filter }),
    ...(limit !== undefined && { Limit: limit }),
    ...(backwards && { ScanIndexForward: false }),
    ...(after !== undefined && {
      ExclusiveStartKey: query.index ? toAttributes(JSON.parse(after)) : keyOf({ pk, sk: after }),
    }),
    ...bind([range.condition, filter ?? ''], {
      names: { ...names, ...range.names },
      values: { ...values, keyPk: pk, ...range.values },
    }),
  };
}

const inTable = (prefix?: string) => ({
  where: { ConsistentRead: true },
  condition: prefix ? '#keyPk = :keyPk AND begins_with(#keySk, :keyPrefix)' : '#keyPk = :keyPk',
  names: { keyPk: 'pk', ...(prefix && { keySk: 'sk' }) },
  values: prefix ? { keyPrefix: prefix } : {},
});

const inIndex = (index: IndexName, before?: number) => ({
  where: { IndexName: index },
  condition: before === undefined ? '#keyPk = :keyPk' : '#keyPk = :keyPk AND #keyDue < :keyBefore',
  names: { keyPk: indexes[index].partition, ...(before !== undefined && { keyDue: 'due' }) },
  values: before === undefined ? {} : { keyBefore: before },
});

/** Several items may share the index's attributes, so a place there needs the key, too. */
const lastOf = ({ index }: AnyQuery, key: Key): string => (index ? JSON.stringify(key) : key.sk);
