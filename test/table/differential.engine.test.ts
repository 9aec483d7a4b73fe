import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { CreateTableCommand, DeleteTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { dynamoClient, sdkCalls } from '#lib/aws/dynamo-client.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';
import type { Table } from '#lib/aws/table.ts';
import { thinCalls } from '#lib/aws/thin-calls.ts';
import { awsClient } from '#local/aws-client.ts';
import { type Operation, script } from './differential.generator.ts';
import { memoryTable } from './memory-table.ts';

const seed = Number(process.env.SEED ?? 20_261_121);
const [rounds, scriptsPerRound] = [24, 12];
const name = `differential-${randomUUID()}`;
const client = dynamoClient(awsClient(inject('engine')));
/** The SDK's client and the thin one, each for every other script. */
const engines = [
  dynamoTable({ call: sdkCalls(client), name }),
  dynamoTable({ call: thinCalls(awsClient(inject('engine'))), name }),
];
const memory = memoryTable();
const count = { operations: 0, accepted: 0, refused: 0, thrown: 0 };

beforeAll(async () => {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName: name });
}, 70_000);

afterAll(async () => {
  await client.send(new DeleteTableCommand({ TableName: name }));
  client.destroy();
});

it('the table in memory answers random scripts of operations as the engine does', async () => {
  const round = fc.array(script, { minLength: scriptsPerRound, maxLength: scriptsPerRound });
  await fc.assert(
    fc.asyncProperty(round, async (scripts) => {
      await Promise.all(scripts.map((operations, at) => replay(operations, engines[at % engines.length]!)));
    }),
    { seed, numRuns: rounds, endOnFailure: false, interruptAfterTimeLimit: 50_000 },
  );

  const decided = count.accepted + count.refused;
  console.info(`seed ${seed}: ${JSON.stringify(count)}`);
  expect(count.operations).toBeGreaterThanOrEqual(5_000);
  expect(count.accepted / decided).toBeGreaterThanOrEqual(0.3);
  expect(count.refused / decided).toBeGreaterThanOrEqual(0.3);
}, 120_000);

/** Runs one script on its own partition in both tables, operation by operation. */
async function replay(operations: Operation[], engine: Table): Promise<void> {
  const pk = randomUUID();
  for (const operation of operations) {
    const [ours, theirs] = [await outcome(memory, pk, operation), await outcome(engine, pk, operation)];
    if (!isDeepStrictEqual(ours, theirs))
      expect({ operation, answer: ours }).toEqual({ operation, answer: theirs });
    tally(ours);
  }
}

async function outcome(table: Table, pk: string, operation: Operation): Promise<unknown> {
  try {
    return await run(table, pk, operation);
  } catch (error) {
    const { name, CancellationReasons } = error as Error & { CancellationReasons?: { Code?: string }[] };
    if (name === 'ValidationException' || CancellationReasons?.some(({ Code }) => Code === 'ValidationError'))
      return 'invalid';
    throw error;
  }
}

function run(table: Table, pk: string, operation: Operation): Promise<unknown> {
  const label = 'differential';
  const keyed = <T extends { sk: string }>({ sk, ...rest }: T) => ({ label, key: { pk, sk }, ...rest });
  switch (operation.kind) {
    case 'get':
      return table.getItem({ pk, sk: operation.sk });
    case 'query':
      return table.queryItems({ label, pk, ...operation.query });
    case 'put': {
      const { kind, item, ...rest } = operation;
      return table.putItem({ label, item: { pk, ...item }, ...rest });
    }
    case 'update':
      return table.updateItem(keyed(operation.write));
    case 'transact':
      return table.transactWriteItems(operation.writes.map(keyed));
  }
}

function tally(answer: unknown): void {
  count.operations += 1;
  if (answer === 'invalid') count.thrown += 1;
  const accepted =
    typeof answer === 'boolean' ? answer : (answer as { accepted?: boolean } | undefined)?.accepted;
  if (accepted !== undefined) count[accepted ? 'accepted' : 'refused'] += 1;
}
