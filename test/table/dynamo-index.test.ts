import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoClient, sdkCalls } from '#lib/aws/dynamo-client.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';
import type { Table } from '#lib/aws/table.ts';
import { fakeAws } from '#test/lib/fake-aws.ts';

const place = { pk: { S: 'p' }, sk: { S: 's' }, openShard: { S: 'open#1' }, due: { N: '7' } };
let aws: Awaited<ReturnType<typeof fakeAws>>;
let table: Table;

beforeAll(async () => {
  aws = await fakeAws(() => ({ body: { Items: [place], LastEvaluatedKey: place } }));
  table = dynamoTable({ call: sdkCalls(dynamoClient(aws.at)), name: 'things' });
});
afterAll(() => aws.close());

it('a query reads backwards on request', async () => {
  await table.queryItems({ label: 'find', pk: 'p', backwards: true, limit: 1 });
  expect(aws.asked.at(-1)?.body).toMatchObject({ ScanIndexForward: false, ConsistentRead: true, Limit: 1 });
});

it('the index Recorded is queried by its minute', async () => {
  await table.queryIndex({ label: 'find', pk: '2027-01-15T08:00#1', index: 'Recorded' });
  expect(aws.asked.at(-1)?.body).toEqual({
    TableName: 'things',
    IndexName: 'Recorded',
    KeyConditionExpression: '#keyPk = :keyPk',
    ExpressionAttributeNames: { '#keyPk': 'minute' },
    ExpressionAttributeValues: { ':keyPk': { S: '2027-01-15T08:00#1' } },
  });
});

describe('the index Open', () => {
  it('is queried by its own key, without ConsistentRead, which DynamoDB would refuse', async () => {
    await table.queryIndex({ label: 'find', pk: 'open#1', index: 'Open', before: 9, limit: 2 });
    expect(aws.asked.at(-1)?.body).toEqual({
      TableName: 'things',
      IndexName: 'Open',
      KeyConditionExpression: '#keyPk = :keyPk AND #keyDue < :keyBefore',
      Limit: 2,
      ExpressionAttributeNames: { '#keyPk': 'openShard', '#keyDue': 'due' },
      ExpressionAttributeValues: { ':keyPk': { S: 'open#1' }, ':keyBefore': { N: '9' } },
    });
  });

  it('continues after the last row of a page', async () => {
    const { items, last } = await table.queryIndex({ label: 'find', pk: 'open#1', index: 'Open' });
    expect(items).toEqual([{ pk: 'p', sk: 's', openShard: 'open#1', due: 7 }]);
    await table.queryIndex({ label: 'find', pk: 'open#1', index: 'Open', after: last! });
    expect(aws.asked.at(-1)?.body).toMatchObject({
      ExclusiveStartKey: place,
      KeyConditionExpression: '#keyPk = :keyPk',
    });
  });
});
