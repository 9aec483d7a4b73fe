import { describe, expect, it } from 'vitest';
import { functionsIn, resourcesOf, statementsOf } from '#infra/template.ts';
import { synth, treeWith } from './synth.ts';

const relay = 'functions/streams/relay.ts';
const job = 'functions/jobs/tax.file.ts';

/** What the relay of a tree may do and sees, when its bundle is these files. */
const given = (files: Record<string, string>) => {
  const { product } = synth({ root: treeWith({ [job]: '', ...files }) });
  const found = functionsIn(product).find(({ file }) => file === relay)!;
  const { Environment = { Variables: {} } } = product.Resources[found.id]!.Properties;
  return { grants: found.grants, sees: Object.keys(Environment.Variables).sort() };
};

describe('a function', () => {
  it('is granted the calls that its bundle makes, through every import that survives at run time', () => {
    const { grants } = given({
      [relay]:
        "import {\n  slots,\n} from '#domain/slots.ts';\nimport type { Other } from '#domain/other.ts';\nslots(); parked().parkItem({}); void (0 as unknown as Other);",
      'domain/slots.ts': "export * from './more.ts';\nexport const slots = () => table.updateItem({});",
      'domain/more.ts':
        'export const more = () => table\n  .getItem({});\nexport const all = () => table.transactWriteItems([]);\n// table.queryItems(\n/* bus.putEvents( */',
      'domain/other.ts': 'export type Other = 1; queues.sendMessages(); table.putItem();',
    });
    expect(grants).toEqual(['table GetItem UpdateItem', 'parked PutItem']);
  });

  it('is granted nothing when it calls nothing', () => {
    expect(given({ [relay]: 'export const handler = () => stable.getItem(); timetable.putItem();' })).toEqual(
      {
        grants: [],
        sees: [],
      },
    );
  });

  it('sees the queues when it sends, and is refused an import that nobody can find', () => {
    expect(given({ [relay]: 'queues.sendMessages(); bus.putEvents();' })).toEqual({
      grants: ['queues SendMessage', 'bus PutEvents'],
      sees: ['QUEUE_TAX_FILE'],
    });
    expect(() => given({ [relay]: "import '#nowhere/a.ts';" })).toThrow("'#nowhere/a.ts'");
  });

  it('sees the variables that its bundle spells out, and the endpoint of each system whose manifest it carries', () => {
    const text =
      "import office from '#systems/eligibility.json' with { type: 'json' };\nenv('TABLE'); setting('LEASE_SECONDS'); env('VERSION');";
    expect(given({ [relay]: text }).sees).toEqual([
      'ENDPOINT_ELIGIBILITY',
      'LEASE_SECONDS',
      'TABLE',
      'VERSION',
    ]);
  });
});

describe('the product', () => {
  const { product } = synth();
  const roles = resourcesOf(product, 'AWS::IAM::Role').map(([id]) => id);
  const grantsOf = (file: string) => functionsIn(product).find((each) => each.file === file)?.grants;

  it('has a role of its own for each function, no wildcard among the actions and no role that may touch everything', () => {
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
  ])('lets %s do what it does and nothing else', (file, grants) => {
    expect(grantsOf(file)).toEqual(grants);
  });

  it('lets no function delete, scan or do anything to a table as a whole', () => {
    const actions = roles
      .flatMap((role) => statementsOf(product, role))
      .flatMap(({ Action }) => [Action].flat() as string[]);
    expect(actions.length).toBeGreaterThan(roles.length);
    expect(
      actions.filter((action) => /Delete(?!Message)|Scan|BatchWrite|Create(?!LogStream)/.test(action)),
    ).toEqual([]);
  });
});
