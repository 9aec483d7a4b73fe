import { type DynamoDBClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { bind, fromAttributes } from '#lib/aws/expressions.ts';
import type { Item } from '#lib/aws/table.ts';

export type Filter = { filter: string; values?: Record<string, unknown> };

/**
 * All items of a table that pass a filter, page by page. For operators only: no request is served
 * by a scan.
 */
export const scanOn = (client: DynamoDBClient, name: string) =>
  async function* ({ filter, values = {} }: Filter): AsyncGenerator<Item[]> {
    let from: ScanCommandInput['ExclusiveStartKey'];
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new ScanCommand({
          TableName: name,
          ConsistentRead: true,
          FilterExpression: filter,
          ...bind([filter], { values }),
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      yield Items.map((item) => fromAttributes<Item>(item));
      from = LastEvaluatedKey;
    } while (from);
  };
