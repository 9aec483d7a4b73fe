import { describe, expect, it } from 'vitest';
import { allowed, doorIn, relay, tree } from './walls.ts';

describe('a function that uses the saga’s tools', () => {
  it('is granted what its bundle calls, and nothing else', () => {
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

  it('may start the one state machine, describe its executions, and answer tasks of this account', () => {
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

  it('gets the machine, the adapters, the ledger and the system names in its environment', () => {
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

describe('an adapter', () => {
  it('gets its systems’ endpoints whatever its bundle contains, and may read their secrets only', () => {
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

  it('is invoked by the saga’s tasks, whose time limit covers several calls', () => {
    const prepare = doorIn(
      tree({ 'functions/saga/prepare.ts': 'adapters.invokeAdapter();' }),
      'functions/saga/prepare.ts',
    );
    expect(prepare).toMatchObject({ grants: ['adapters InvokeFunction'], seconds: 55 });
    expect(Object.keys(prepare.variables)).toEqual(['ADAPTER_FIXED_WIDTH_SFTP', 'ADAPTER_REST']);
  });
});
