import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoClient, sdkCalls } from '#lib/aws/dynamo-client.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';
import type { Table } from '#lib/aws/table.ts';

/** Answers like DynamoDB, by script: an engine on a laptop knows no conflict and no throttle. */
const asked: { operation: string; body: Record<string, unknown> }[] = [];
let answers: { status: number; body: Record<string, unknown> }[] = [];
const server = createServer(async (request, response) => {
  asked.push({
    operation: String(request.headers['x-amz-target']).split('.')[1] ?? '',
    body: JSON.parse(await text(request)),
  });
  const { status, body } = answers.shift() ?? { status: 200, body: {} };
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
});
let client: ReturnType<typeof dynamoClient>;
let table: Table;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = dynamoClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  table = dynamoTable({ call: sdkCalls(client), name: 'things' });
});

afterAll(() => {
  client.destroy();
  server.close();
});

const key = { pk: 'p', sk: 's' };
const wireKey = { pk: { S: 'p' }, sk: { S: 's' } };
const write = {
  label: 'hold',
  key,
  update: 'SET #past.#mine = :one',
  condition: '#v = :v',
  names: { mine: 'k 1' },
  values: { one: 1, v: 2 },
};
const refusal = (type: string, more: Record<string, unknown> = {}) => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...more },
});

describe('what goes out', () => {
  it('names every attribute by its word, or by what names says, and asks for the item that stands in the way', async () => {
    answers = [
      {
        status: 200,
        body: { Attributes: { ...wireKey, open: { SS: ['a'] }, hash: { B: 'AQI=' }, price: { N: '0.30' } } },
      },
    ];
    // An item is a key too: only its key goes out as one.
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

  it('drops what is undefined, and answers a put with what it put', async () => {
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

  it('reads consistently', async () => {
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
  it('with the item that stood in the way', async () => {
    answers = [refusal('ConditionalCheckFailedException', { Item: { ...wireKey, v: { N: '3' } } })];
    expect(await table.updateItem(write)).toEqual({ accepted: false, item: { ...key, v: 3 } });
  });

  it('without one where none was', async () => {
    answers = [refusal('ConditionalCheckFailedException')];
    expect(await table.updateItem(write)).toEqual({ accepted: false, item: undefined });
  });

  it('in a transaction', async () => {
    answers = [cancelled('None', 'ConditionalCheckFailed')];
    expect(await table.transactWriteItems([write, { ...write, key: { pk: 'q', sk: 's' } }])).toBe(false);
  });
});

const cancelled = (...codes: string[]) =>
  refusal('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

describe('an outage is thrown, never answered', () => {
  it.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    '%s, even beside a failed condition',
    async (code) => {
      answers = [cancelled('ConditionalCheckFailed', code)];
      await expect(table.transactWriteItems([write])).rejects.toThrow(
        expect.objectContaining({ name: 'TransactionCanceledException' }),
      );
    },
  );

  it('a mistake in one write of a transaction', async () => {
    answers = [cancelled('ValidationError', 'None')];
    await expect(table.transactWriteItems([write])).rejects.toThrow(
      expect.objectContaining({ name: 'TransactionCanceledException' }),
    );
  });

  it('a throttle that lasts longer than two attempts', async () => {
    const before = asked.length;
    answers = [refusal('ThrottlingException'), refusal('ThrottlingException')];
    await expect(table.updateItem(write)).rejects.toThrow(
      expect.objectContaining({ name: 'ThrottlingException' }),
    );
    expect(asked.length - before).toBe(2);
  });
});

it('gives the second attempt of a transaction the token of the first, so that it cannot happen twice', async () => {
  const before = asked.length;
  answers = [{ status: 500, body: { __type: 'InternalServerError' } }];
  expect(await table.transactWriteItems([write])).toBe(true);
  const tokens = asked.slice(before).map(({ body }) => body.ClientRequestToken);
  expect(tokens).toEqual([expect.any(String), tokens[0]]);
});
