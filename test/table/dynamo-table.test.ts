import { afterAll, describe, expect, it } from 'vitest';
import { cancelled, key, refusal, type Scripted, scriptedTable, write } from './scripted-dynamo.ts';

let answers: Scripted[] = [];
const { asked, close, table } = await scriptedTable(() => answers.shift());
afterAll(close);
const wireKey = { pk: { S: 'p' }, sk: { S: 's' } };

describe('a request of the table', () => {
  it('names every attribute, and asks for the old item of a failed condition', async () => {
    answers = [
      {
        status: 200,
        body: { Attributes: { ...wireKey, open: { SS: ['a'] }, hash: { B: 'AQI=' }, price: { N: '0.30' } } },
      },
    ];
    // The key may be a whole item: only its key attributes are sent.
    const decision = await table.updateItem({ ...write, key: { ...key, v: 7 } as typeof key });
    expect(decision).toEqual({
      accepted: true,
      item: { ...key, open: new Set(['a']), hash: new Uint8Array([1, 2]), price: 0.3 },
    });
    expect(asked.at(-1)).toEqual({
      operation: 'UpdateItem',
      body: {
        TableName: 'things',
        Key: wireKey,
        UpdateExpression: 'SET #past.#mine = :one',
        ConditionExpression: '#v = :v',
        ExpressionAttributeNames: { '#past': 'past', '#mine': 'k 1', '#v': 'v' },
        ExpressionAttributeValues: { ':one': { N: '1' }, ':v': { N: '2' } },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    });
  });

  it('omits undefined attributes, and a put returns its item', async () => {
    const decision = await table.putItem({
      label: 'create',
      item: { ...key, gone: undefined, map: { gone: undefined, stays: 1 } },
      condition: 'attribute_not_exists(#pk)',
    });
    expect(decision).toEqual({ accepted: true, item: { ...key, map: { stays: 1 } } });
    expect(asked.at(-1)?.body).toEqual({
      TableName: 'things',
      Item: { ...wireKey, map: { M: { stays: { N: '1' } } } },
      ConditionExpression: 'attribute_not_exists(#pk)',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });

  it('reads with ConsistentRead', async () => {
    await table.getItem(key);
    expect(asked.at(-1)?.body).toMatchObject({ Key: wireKey, ConsistentRead: true });
    await table.queryItems({ label: 'list', pk: 'p', prefix: 's', after: 's1' });
    expect(asked.at(-1)?.body).toMatchObject({
      ConsistentRead: true,
      ExclusiveStartKey: { pk: { S: 'p' }, sk: { S: 's1' } },
    });
  });
});

describe('a failed condition is an answer', () => {
  it('with the old item', async () => {
    answers = [refusal('ConditionalCheckFailedException', { Item: { ...wireKey, v: { N: '3' } } })];
    expect(await table.updateItem(write)).toEqual({ accepted: false, item: { ...key, v: 3 } });
  });

  it('without an item where none exists', async () => {
    answers = [refusal('ConditionalCheckFailedException')];
    expect(await table.updateItem(write)).toEqual({ accepted: false, item: undefined });
  });

  it('in a transaction', async () => {
    answers = [cancelled('None', 'ConditionalCheckFailed')];
    expect(await table.transactWriteItems([write, { ...write, key: { pk: 'q', sk: 's' } }])).toBe(false);
  });
});
