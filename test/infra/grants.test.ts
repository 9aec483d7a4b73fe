import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makers, methods } from '#infra/read/grants.ts';
import { functionsIn, resourcesOf, statementsOf } from '#infra/report/template.ts';
import { files } from './files.ts';
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
  it('is granted the methods that its bundle keeps, whatever their owner is called', () => {
    const { grants } = given({
      [relay]:
        "import { slots } from '#domain/slots.ts';\nimport type { Other } from '#domain/other.ts';\nexport const handler = () => slots() ?? (0 as unknown as Other);",
      'domain/slots.ts': "export * from './more.ts';\nexport const slots = () => anything.updateItem({});",
      'domain/more.ts':
        'export const more = () => table.getItem({});\n// table.queryItems(\nexport const handed = ({ parkItem }) => parkItem();',
      'domain/other.ts': 'export type Other = 1; queues.sendMessages(); table.putItem();',
    });
    expect(grants).toEqual(['table UpdateItem']);
  });

  it('is granted nothing for a box that it does not open, nor for a method like one of ours', () => {
    expect(
      given({
        [relay]:
          "import { used } from '#domain/boxes.ts';\nexport const handler = () => used() + timetable.putItems();",
        'domain/boxes.ts':
          "import { once } from '#lib/once.ts';\nexport const used = /* @__PURE__ */ once(() => 1);\nexport const left = /* @__PURE__ */ once(() => table.putItem());",
        'lib/once.ts': readFileSync('lib/once.ts', 'utf8'),
      }),
    ).toEqual({ grants: [], sees: [] });
  });

  it('sees and may use the queues of the messages that it makes, and no other', () => {
    expect(
      given({
        [relay]:
          "export const handler = () => queues.sendMessages([jobMessage('tax.file', {})], bus.putEvents());",
        'functions/jobs/tax.audit.ts': '',
      }),
    ).toEqual({ grants: ['queues SendMessage', 'bus PutEvents'], sees: ['QUEUE_TAX_FILE'] });
  });

  it.each(['queues.sendMessages([jobMessage(job)]);', 'queues.sendMessages(messages);'])(
    'is refused when the queue of a message cannot be read: %s',
    (text) => {
      expect(() => given({ [relay]: text })).toThrow(`${relay} sends messages, but not every jobMessage(`);
    },
  );

  it('is refused an import that cannot be found', () => {
    expect(() => given({ [relay]: "import { a } from '#nowhere/a.ts'; a();" })).toThrow('"#nowhere/a.ts"');
  });

  it('sees the variables that its bundle keeps, and the endpoint of each system whose manifest it carries', () => {
    const text =
      "import office from '#systems/eligibility.json' with { type: 'json' };\nimport { used } from '#domain/used.ts';\nexport const handler = () => [office, env('TABLE'), setting('LEASE_SECONDS'), used()];";
    const used = "export const used = () => env('VERSION');\nexport const left = () => env('LEDGER');";
    expect(given({ [relay]: text, 'domain/used.ts': used }).sees).toEqual([
      'ENDPOINT_ELIGIBILITY',
      'LEASE_SECONDS',
      'TABLE',
      'VERSION',
    ]);
  });
});

it('a function that may read every manifest by its name is not told where those systems are', () => {
  const text = `export const handler = (name) => import(\`../../systems/\${name}.json\`, { with: { type: 'json' } });`;
  expect(given({ [relay]: text }).sees).toEqual([]);
});

describe('a name that grants', () => {
  const product = files.filter(({ room }) =>
    ['domain', 'lib', 'functions', 'wiring', 'events', 'systems'].includes(room),
  );
  /** Functions, constants and methods that a file makes under one of the names. */
  const made = (text: string) =>
    Object.keys(methods).filter((name) =>
      new RegExp(
        `(?:function\\*? |const |let |class )${name}\\b|^ +(?:async )?${name}(?:\\(.*\\{$|: (?:async )?\\()`,
        'm',
      ).test(text),
    );

  it('is the name of that one method, and of nothing else in the product', () => {
    const makersOf = product.flatMap(({ path, text }) => made(text).map((name) => `${name} in ${path}`));
    expect(makersOf.filter((each) => !makers.some((maker) => each.endsWith(` in ${maker}`)))).toEqual([]);
    expect(new Set(makersOf.map((each) => each.split(' ')[0])).size).toBe(Object.keys(methods).length);
    expect(made('export const putItem = () => 1;')).toEqual(['putItem']);
  });

  it('is not lost on a box at the top of a file: each carries the mark by which it shakes off', () => {
    const unmarked = product.filter(({ text }) => /^(?:export )?const \w+ = once\(/m.test(text));
    expect(unmarked.map(({ path }) => path)).toEqual([]);
  });

  it('is how every message is made: none is put together by hand', () => {
    const byHand = product.filter(
      ({ path, text }) => path !== 'lib/aws/job-message.ts' && /\bjob: ['"`]/.test(text),
    );
    expect(byHand.map(({ path }) => path)).toEqual([]);
  });
});

/** Doors that answer a GET and may still write, and why. */
const writingGets: Record<string, string> = {
  'functions/api/v1/rollbacks.[token].plan.get.ts':
    'plans with the tools of the undo itself, a maker whose methods stay together, and writes nothing',
};

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

  it('lets no door of a GET put or update, but those that are listed with their reason', () => {
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
