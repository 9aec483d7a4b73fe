import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { counted } from '#lib/aws/aws-calls.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';
import { dynamoServer, refusal } from './dynamo-server.ts';
import { clientsAt, failure, key } from './two-clients.ts';

const server = await dynamoServer();
const clients = clientsAt(server.endpoint);

beforeEach(() => void counted());
afterAll(() => server.close());

describe.each(Object.entries(clients))('%s', (_, clientOf) => {
  const call = clientOf();

  describe('returns', () => {
    const table = dynamoTable({ call, name: 'things' });
    const write = {
      label: 'w',
      key: { pk: 'p', sk: 's' },
      update: 'SET #a = :a',
      condition: '#b = :a',
      values: { a: 1 },
    };

    it('the old item of a write whose condition failed', async () => {
      server.script(refusal('ConditionalCheckFailedException', { Item: { ...key, hash: { B: 'AQI=' } } }));
      expect(await table.updateItem(write)).toEqual({
        accepted: false,
        item: { pk: 'p', sk: 's', hash: new Uint8Array([1, 2]) },
      });
    });

    it('no item of a failed condition where none exists', async () => {
      server.script(refusal('ConditionalCheckFailedException'));
      expect(await table.updateItem(write)).toEqual({ accepted: false, item: undefined });
    });

    it('a refused transaction as false, and throws a conflicting one', async () => {
      const reasons = (...codes: string[]) =>
        refusal('TransactionCanceledException', {
          Message: 'cancelled',
          CancellationReasons: codes.map((Code) => ({ Code, Message: Code })),
        });
      server.script(
        reasons('None', 'ConditionalCheckFailed'),
        reasons('ConditionalCheckFailed', 'TransactionConflict'),
      );
      expect(await table.transactWriteItems([write, write])).toBe(false);
      expect(await failure(table.transactWriteItems([write, write]))).toMatchObject({
        name: 'TransactionCanceledException',
      });
    });
  });
});
