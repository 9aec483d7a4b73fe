import { describe, expect, it } from 'vitest';
import { functionsIn, resourcesOf, statementsOf } from '#infra/report/template.ts';
import { synth } from './synth.ts';

/** GET doors with a write permission, and the reason for it. */
const writingGets: Record<string, string> = {
  'functions/api/v1/rollbacks.[token].plan.get.ts':
    'plans with the tools of the undo itself, a maker whose methods stay together, and writes nothing',
};

describe('the deployed product', () => {
  const { product } = synth();
  const roles = resourcesOf(product, 'AWS::IAM::Role').map(([id]) => id);
  const grantsOf = (file: string) => functionsIn(product).find((each) => each.file === file)?.grants;

  it('has a role for each function, without wildcard actions and without the resource *', () => {
    const gateway = 1;
    const machines = resourcesOf(product, 'AWS::StepFunctions::StateMachine').length;
    expect(roles).toHaveLength(functionsIn(product).length + machines + gateway);
    for (const { Effect, Action, Resource } of roles.flatMap((role) => statementsOf(product, role))) {
      expect(Effect).toBe('Allow');
      expect([Action].flat().filter((action: string) => action.includes('*'))).toEqual([]);
      expect([Resource].flat()).not.toContain('*');
    }
    expect(resourcesOf(product, 'AWS::IAM::Policy')).toEqual([]);
  });

  it('lets GET doors write nothing, except those that are listed with their reason', () => {
    const writing = functionsIn(product)
      .filter(
        ({ file, grants }) => /\.get\.ts$/.test(file) && /PutItem|UpdateItem|PutObject/.test(grants.join()),
      )
      .map(({ file }) => file);
    expect(writing).toEqual(Object.keys(writingGets));
  });

  it.each([
    ['functions/api/not-found.ts', []],
    [
      'functions/streams/relay.ts',
      [
        'parked PutItem',
        'ledger PutItem',
        'queues SendMessage',
        'bus PutEvents',
        'executions StartExecution',
      ],
    ],
  ])('grants %s exactly what it does', (file, grants) => {
    expect(grantsOf(file)).toEqual(grants);
  });

  it('lets no function delete items, scan, or administer a table', () => {
    const actions = roles
      .flatMap((role) => statementsOf(product, role))
      .flatMap(({ Action }) => [Action].flat() as string[]);
    expect(actions.length).toBeGreaterThan(roles.length);
    expect(
      actions.filter((action) => /Delete(?!Message)|Scan|BatchWrite|Create(?!LogStream)/.test(action)),
    ).toEqual([]);
  });
});
