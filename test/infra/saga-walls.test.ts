import { describe, expect, it } from 'vitest';
import { functionsIn, referred, resourcesOf, statementsOf, type Template } from '#infra/template.ts';
import { sagaDoors, synth, treeWith } from './synth.ts';

const relay = 'functions/streams/relay.ts';
const watcher = 'functions/subscribers/aws.states/bring-back.ts';
const tree = (files: Record<string, string> = {}) =>
  synth({ root: treeWith({ ...sagaDoors, ...files }) }).product;

const doorIn = (product: Template, file: string) => {
  const { id, grants, seconds } = functionsIn(product).find((each) => each.file === file)!;
  const { Environment = { Variables: {} }, Role } = product.Resources[id]!.Properties;
  return {
    grants,
    seconds,
    variables: Environment.Variables,
    statements: statementsOf(product, referred(Role)),
  };
};
/** Every resource that a role of the template may do something of this kind to, with what it may do. */
const allowed = (product: Template, service: string) =>
  resourcesOf(product, 'AWS::IAM::Role')
    .flatMap(([role]) => statementsOf(product, role))
    .flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action: string) =>
          [Resource].flat().map((resource) => ({ action, resource: JSON.stringify(resource) })),
        ),
    )
    .filter(({ action }) => action.startsWith(service));

describe('a function beside the saga', () => {
  it('is granted what its bundle calls, on that thing and nothing else', () => {
    const text =
      'ledger.appendItem(); ledger().queryPages(); executions.startExecution(); executions.describeExecution(); tasks.sendSuccess(); table.queryIndex();';
    const { grants } = doorIn(
      tree({
        [relay]: `${text} adapters.invokeAdapter(); secrets.readSecret();`,
      }),
      relay,
    );
    expect(grants).toEqual([
      'index Query',
      'ledger PutItem Query',
      'adapters InvokeFunction',
      'executions DescribeExecution StartExecution',
      'tasks SendTaskSuccess',
    ]);
  });

  it('starts that machine, looks at its executions, and answers the machines of this account', () => {
    const product = tree({
      [relay]: 'executions.startExecution(); executions.describeExecution(); tasks.sendSuccess();',
    });
    const on = (action: string) => allowed(product, action).map(({ resource }) => resource);
    expect(on('states:StartExecution')).toEqual([expect.stringMatching(/^\{"Ref":"SagaSync\w+"\}$/)]);
    expect(on('states:DescribeExecution')).toEqual([
      expect.stringMatching(/:execution:",\{"Fn::GetAtt":\["SagaSync\w+","Name"\]\},":\*"/),
    ]);
    expect(on('states:SendTaskSuccess')).toEqual([
      expect.stringMatching(/AWS::AccountId"\},":stateMachine:\*"/),
    ]);
  });

  it('finds the machine, the adapters, the ledger and the systems in its environment', () => {
    const { variables } = doorIn(
      tree({ [relay]: "env('MACHINE'); env('LEDGER'); env('SYSTEMS'); adapters.invokeAdapter();" }),
      relay,
    );
    expect(Object.keys(variables).sort()).toEqual([
      'ADAPTER_FIXED_WIDTH_SFTP',
      'ADAPTER_REST',
      'LEDGER',
      'MACHINE',
      'SYSTEMS',
    ]);
    expect(variables.SYSTEMS).toBe('cheques,dashboard,debit');
  });
});

describe('the ledger', () => {
  it('is only ever added to and read: no role may update or delete there', () => {
    for (const product of [
      synth().product,
      tree({ [relay]: 'ledger.put(); ledger.query(); ledger.update(); ledger.delete();' }),
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

  it('is signed by one function, with one key that stays when the stack goes; who shows evidence only reads', () => {
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

describe('an adapter', () => {
  it('knows where its systems are, whatever its bundle says, and may read their secrets and no other', () => {
    const rest = 'functions/adapters/rest.ts';
    const files = 'functions/adapters/fixed-width-sftp.ts';
    const product = tree({
      [rest]: 'secrets.readSecret();',
      [files]: 'secrets.readSecret();',
      [relay]: 'secrets.readSecret();',
    });
    const [overRest, overFiles] = [doorIn(product, rest), doorIn(product, files)];
    expect(Object.keys(overRest.variables).sort()).toEqual(['ENDPOINT_DASHBOARD', 'ENDPOINT_DEBIT']);
    expect(Object.keys(overFiles.variables)).toEqual(['ENDPOINT_CHEQUES']);
    expect(JSON.stringify(overRest.statements)).toMatch(/:secret:lockstep\/debit-\?{6}"/);
    expect(JSON.stringify(overRest.statements)).not.toContain('lockstep/cheques');
    expect(JSON.stringify(overFiles.statements)).toMatch(/:secret:lockstep\/cheques-host-key-\?{6}"/);
    expect(JSON.stringify(overFiles.statements)).not.toContain('lockstep/debit');
    expect(doorIn(product, relay)).toMatchObject({ grants: [], variables: {} });
  });

  it('is asked by the tasks of the saga, which have time for several of them', () => {
    const prepare = doorIn(
      tree({ 'functions/saga/prepare.ts': 'adapters.invokeAdapter();' }),
      'functions/saga/prepare.ts',
    );
    expect(prepare).toMatchObject({ grants: ['adapters InvokeFunction'], seconds: 55 });
    expect(Object.keys(prepare.variables)).toEqual(['ADAPTER_FIXED_WIDTH_SFTP', 'ADAPTER_REST']);
  });
});

describe('the state machine', () => {
  it('invokes its five tasks and may do nothing else', () => {
    const product = tree();
    const [[, { RoleArn, DefinitionSubstitutions, StateMachineType }] = ['', {}]] = resourcesOf(
      product,
      'AWS::StepFunctions::StateMachine',
    );
    expect(StateMachineType).toBe('STANDARD');
    const tasks = Object.values(DefinitionSubstitutions).map(referred);
    expect(tasks.map((task) => product.Resources[task]!.Properties.Description).sort()).toEqual(
      Object.keys(sagaDoors).sort(),
    );
    const [statement, ...others] = statementsOf(product, referred(RoleArn));
    expect(others).toEqual([]);
    expect(statement).toMatchObject({ Action: 'lambda:InvokeFunction', Effect: 'Allow' });
    expect(statement.Resource.map(referred).sort()).toEqual(tasks.sort());
  });

  it('is heard of, when it gives up, on the bus of AWS', () => {
    const product = tree({ [watcher]: '' });
    const [[, { EventPattern, EventBusName }] = ['', {}]] = resourcesOf(product, 'AWS::Events::Rule');
    expect(EventBusName).toBeUndefined();
    expect(EventPattern).toMatchObject({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        stateMachineArn: [{ Ref: expect.stringMatching(/^SagaSync/) }],
      },
    });
  });

  it('is not there without its tasks, is refused with some of them, and without it nobody can hear of it', () => {
    const without = synth({
      root: treeWith({ [relay]: "executions.startExecution(); env('MACHINE');" }),
    }).product;
    expect(resourcesOf(without, 'AWS::StepFunctions::StateMachine')).toEqual([]);
    expect(doorIn(without, relay)).toMatchObject({ grants: [], variables: {} });
    expect(() => synth({ root: treeWith({ 'functions/saga/prepare.ts': '' }) })).toThrow(
      'functions/saga/commit.ts is missing',
    );
    expect(() => synth({ root: treeWith({ [watcher]: '' }) })).toThrow(
      `${watcher}: there is no state machine`,
    );
  });
});
