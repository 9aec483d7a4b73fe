import { afterAll, describe, expect, it } from 'vitest';
import { cancelled, refusal, type Scripted, scriptedTable, write } from './scripted-dynamo.ts';

let answers: Scripted[] = [];
const { asked, close, table } = await scriptedTable(() => answers.shift());
afterAll(close);

describe('the table throws on', () => {
  it.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    '%s, even beside a failed condition',
    async (code) => {
      answers = [cancelled('ConditionalCheckFailed', code)];
      await expect(table.transactWriteItems([write])).rejects.toThrow(
        expect.objectContaining({ name: 'TransactionCanceledException' }),
      );
    },
  );

  it('an invalid write in a transaction', async () => {
    answers = [cancelled('ValidationError', 'None')];
    await expect(table.transactWriteItems([write])).rejects.toThrow(
      expect.objectContaining({ name: 'TransactionCanceledException' }),
    );
  });

  it('a throttle over two attempts', async () => {
    const before = asked.length;
    answers = [refusal('ThrottlingException'), refusal('ThrottlingException')];
    await expect(table.updateItem(write)).rejects.toThrow(
      expect.objectContaining({ name: 'ThrottlingException' }),
    );
    expect(asked.length - before).toBe(2);
  });
});

it('a retried transaction has the token of its first attempt, so that it takes effect once', async () => {
  const before = asked.length;
  answers = [{ status: 500, body: { __type: 'InternalServerError' } }];
  expect(await table.transactWriteItems([write])).toBe(true);
  const tokens = asked.slice(before).map(({ body }) => body.ClientRequestToken);
  expect(tokens).toEqual([expect.any(String), tokens[0]]);
});
