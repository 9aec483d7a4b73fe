import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Asked, fakeAws } from '#test/lib/fake-aws.ts';

type Attributes = Record<string, { S?: string; N?: string }>;
type Stored = Map<string, Attributes>;

/**
 * The part of DynamoDB that doors use over the network: get, put once, and query a partition.
 * `puts` counts writes.
 */
export async function fakeDynamo() {
  const tables = new Map<string, Stored>();
  const of = (name: unknown) =>
    tables.get(String(name)) ?? tables.set(String(name), new Map()).get(String(name))!;
  const nameOf = ({ pk, sk }: Attributes) => `${pk?.S} ${sk?.S}`;
  let puts = 0;

  const aws = await fakeAws(({ target, body }: Asked) => {
    const items = of(body.TableName);
    if (target === 'GetItem') return { body: { Item: items.get(nameOf(body.Key as unknown as Attributes)) } };
    if (target === 'Query') {
      const wanted = Object.values(body.ExpressionAttributeValues as unknown as Attributes).map(({ S }) => S);
      return { body: { Items: [...items.values()].filter(({ pk }) => wanted.includes(pk?.S)) } };
    }
    const item = body.Item as unknown as Attributes;
    const there = items.get(nameOf(item));
    if (there)
      return {
        status: 400,
        body: { __type: 'ConditionalCheckFailedException', message: 'failed', Item: there },
      };
    items.set(nameOf(item), item);
    puts += 1;
    return { body: {} };
  });

  return {
    ...aws,
    put: (table: string, item: Attributes) => void of(table).set(nameOf(item), item),
    puts: () => puts,
    items: (table: string) => [...of(table).values()].map((item) => unmarshall(item as never)),
  };
}
