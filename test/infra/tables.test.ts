import { expect, it } from 'vitest';
import { resourcesOf } from '#infra/report/template.ts';
import { synth } from './synth.ts';

const { product } = synth();

it('each index contains only items with its attributes, and projects only what its readers need', () => {
  const named = (name: string) =>
    resourcesOf(product, 'AWS::DynamoDB::Table').find(([id]) => id.startsWith(name))![1];
  const [table, ledger, parked] = ['TablesTable', 'TablesLedger', 'TablesParked'].map(named);
  expect(table.GlobalSecondaryIndexes).toMatchObject([
    {
      IndexName: 'Open',
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['epoch', 'state', 'waitingFor'] },
    },
  ]);
  expect(table.AttributeDefinitions).toEqual(
    expect.arrayContaining([
      { AttributeName: 'openShard', AttributeType: 'S' },
      { AttributeName: 'due', AttributeType: 'N' },
    ]),
  );
  expect(ledger.GlobalSecondaryIndexes).toMatchObject([
    {
      IndexName: 'Recorded',
      KeySchema: [{ AttributeName: 'minute', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['seq', 'head'] },
    },
  ]);
  expect(parked.GlobalSecondaryIndexes).toBeUndefined();
});
