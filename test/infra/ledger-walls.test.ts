import { describe, expect, it } from 'vitest';
import { resourcesOf } from '#infra/report/template.ts';
import { synth } from './synth.ts';
import { allowed, doorIn, relay, tree } from './walls.ts';

describe('the ledger', () => {
  it('is append-only: no role may update or delete its items', () => {
    for (const product of [
      synth().product,
      tree({
        [relay]: 'ledger.appendItem(); ledger.queryPages(); ledger.updateItem(); ledger.deleteItem();',
      }),
    ]) {
      const [ledger] = resourcesOf(product, 'AWS::DynamoDB::Table').find(([id]) => id.includes('Ledger'))!;
      const actions = allowed(product, '').flatMap(({ action, resource }) =>
        resource.includes(ledger) ? [action] : [],
      );
      expect(actions.filter((action) => !['dynamodb:PutItem', 'dynamodb:Query'].includes(action))).toEqual(
        [],
      );
    }
  });

  it('is signed by one function, with one key that the stack retains; the evidence door only reads', () => {
    const { product } = synth();
    const [[key, { KeySpec, KeyUsage }] = ['', {}], ...others] = resourcesOf(product, 'AWS::KMS::Key');
    expect({ KeySpec, KeyUsage, others }).toEqual({
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      others: [],
    });
    expect(product.Resources[key]).toMatchObject({ DeletionPolicy: 'Retain' });
    const signing = allowed(product, 'kms:');
    expect(signing.map(({ action }) => action).toSorted()).toEqual(['kms:GetPublicKey', 'kms:Sign']);
    for (const { resource } of signing) expect(resource).toContain(`"${key}"`);
    const { grants, variables } = doorIn(product, 'functions/schedules/every-1-minute.checkpoint.ts');
    expect(grants).toEqual([
      'parked PutItem',
      'ledger PutItem Query',
      'recorded Query',
      'signer GetPublicKey Sign',
    ]);
    expect(Object.keys(variables).sort()).toEqual(['LEDGER', 'PARKED', 'SIGNING_KEY']);
    const door = doorIn(product, 'functions/api/v1/syncs.[syncId].evidence.get.ts');
    expect(door.grants).toEqual(expect.arrayContaining(['table GetItem', 'ledger Query', 'recorded Query']));
    expect(
      door.statements
        .flatMap(({ Action }) => Action)
        .filter((action) => /Put|Update|kms/.test(action) && !action.startsWith('logs:')),
    ).toEqual([]);
  });
});
