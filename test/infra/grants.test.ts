import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionsIn } from '#infra/report/template.ts';
import { synth, treeWith } from './synth.ts';

const relay = 'functions/streams/relay.ts';
const job = 'functions/jobs/tax.file.ts';

/** The grants and environment variables of a relay with this code. */
const given = (files: Record<string, string>) => {
  const { product } = synth({ root: treeWith({ [job]: '', ...files }) });
  const found = functionsIn(product).find(({ file }) => file === relay)!;
  const { Environment = { Variables: {} } } = product.Resources[found.id]!.Properties;
  return { grants: found.grants, sees: Object.keys(Environment.Variables).sort() };
};

describe('a function', () => {
  it('is granted the methods that its bundle keeps, whatever their owner’s name', () => {
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

  it('is granted nothing for an unused tool box, or for a method with a similar name', () => {
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

  it('gets the grant and the URL of the queues that it sends to, and of no others', () => {
    expect(
      given({
        [relay]:
          "export const handler = () => queues.sendMessages([jobMessage('tax.file', {})], bus.putEvents());",
        'functions/jobs/tax.audit.ts': '',
      }),
    ).toEqual({ grants: ['queues SendMessage', 'bus PutEvents'], sees: ['QUEUE_TAX_FILE'] });
  });

  it.each(['queues.sendMessages([jobMessage(job)]);', 'queues.sendMessages(messages);'])(
    'fails the synth when the queue of a message cannot be read: %s',
    (text) => {
      expect(() => given({ [relay]: text })).toThrow(`${relay} sends messages, but not every jobMessage(`);
    },
  );

  it('fails the synth on an import that cannot be resolved', () => {
    expect(() => given({ [relay]: "import { a } from '#nowhere/a.ts'; a();" })).toThrow('"#nowhere/a.ts"');
  });

  it('gets the variables that its bundle keeps, and the endpoint of each manifest that it contains', () => {
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

it('a function that loads manifests by name gets no endpoints', () => {
  const text = `export const handler = (name) => import(\`../../systems/\${name}.json\`, { with: { type: 'json' } });`;
  expect(given({ [relay]: text }).sees).toEqual([]);
});
