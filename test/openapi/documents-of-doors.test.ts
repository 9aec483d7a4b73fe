import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiBody } from '#infra/read/api-body.ts';
import { doorsIn, ofKind } from '#infra/read/doors.ts';
import { routesOf } from '#infra/read/routes.ts';
import { greedyFile } from '#infra/report/template.ts';
import { problems } from '#lib/problem.ts';
import { type Document, documentsOf } from '#openapi/documents.ts';
import type { Json } from '#openapi/json.ts';
import { checkout } from '#test/infra/synth.ts';

const doors = doorsIn(checkout);
/** The gateway's body, with a door's file in place of its integration URI. */
const gateway = apiBody({
  ...{ title: 'lockstep', routes: routesOf(doors), greedy: ofKind(doors, 'greedy')[0]! },
  ...{ uriOf: ({ file }) => file, credentials: 'role', responses: {} },
});
let documents: Document[] = [];
beforeAll(async () => {
  documents = await documentsOf(checkout);
}, 60_000);

type Media = { schema?: Json; example?: unknown; examples?: Record<string, Json> };
const operations = () =>
  documents.flatMap(({ prefix, document }) =>
    Object.entries(document.paths as Record<string, Record<string, Json>>).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        ...{ document, operation, route: `${method.toUpperCase()} ${prefix}${path}` },
      })),
    ),
  );

describe('the OpenAPI documents', () => {
  it('are committed as the doors declare them (npm run api writes them)', () => {
    for (const { file, document } of documents)
      expect(readFileSync(join(checkout, 'docs/api', file), 'utf8'), file).toBe(
        `${JSON.stringify(document, null, 2)}\n`,
      );
  });

  it('have exactly the paths, methods and parameters of the gateway’s body', () => {
    const documented = operations().map(({ route, operation }) => {
      const declared = ((operation.parameters ?? []) as Json[]).filter((each) => each.in === 'path');
      return [route, ...declared.map(({ name }) => name)].join(' ');
    });
    const deployed = Object.entries(gateway.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, each]) => each['x-amazon-apigateway-integration'].uri !== greedyFile)
        .map(([method, { parameters = [] }]) =>
          [`${method.toUpperCase()} ${path}`, ...parameters.map(({ name }) => name)].join(' '),
        ),
    );
    expect(documented.length).toBeGreaterThan(40);
    expect([...documented, 'GET /api/docs'].toSorted()).toEqual(deployed.toSorted());
  });

  it('have examples that satisfy their schemas', () => {
    const wrong = operations().flatMap(({ document, operation, route }) => {
      const bodies = [operation.requestBody, ...Object.values(operation.responses as Json)] as Json[];
      return bodies
        .filter((body) => body?.content)
        .flatMap(({ content }) => Object.values(content as Record<string, Media>))
        .flatMap((media) => faults(document, media).map((fault) => `${route}: ${fault}`));
    });
    expect(wrong).toEqual([]);
  });

  it('have the catalogue’s problems, each under its status', () => {
    for (const { document } of documents) {
      const { examples, responses } = document.components as Record<string, Record<string, Json>>;
      for (const [code, { value }] of Object.entries(examples ?? {}))
        expect(value).toMatchObject({ code, ...problems[code as keyof typeof problems] });
      for (const name of Object.keys(responses ?? {}).filter((each) => /^[a-z]/.test(each)))
        expect(Object.keys(problems)).toEqual(expect.arrayContaining(name.split('.')));
    }
    for (const { route, operation } of operations())
      for (const [status, { $ref }] of Object.entries(operation.responses as Record<string, Json>)) {
        const name = /\/responses\/([a-z][\w.-]*)$/.exec(String($ref))?.[1];
        for (const code of name?.split('.') ?? [])
          expect(problems[code as keyof typeof problems].status, `${route} ${code}`).toBe(Number(status));
      }
  });

  it('refer only to existing components, and name each operation once', () => {
    for (const { file, document } of documents) {
      const names = [...JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)];
      const { components } = document as { components: Record<string, Json> };
      expect(
        names.filter(([, group = '', name = '']) => !(name in (components[group] ?? {}))),
        file,
      ).toEqual([]);
    }
    for (const { document, file } of documents) {
      const ids = operations()
        .filter((each) => each.document === document)
        .map(({ operation }) => operation.operationId);
      expect(new Set(ids).size, file).toBe(ids.length);
    }
  });
});

function faults({ components }: Json, { schema, example, examples }: Media): string[] {
  if (!schema || (example === undefined && !examples)) return ['has no example'];
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile({ ...schema, components });
  const catalogue = (components as Json).examples as Record<string, Json>;
  const shown = examples
    ? Object.values(examples).map(({ $ref }) => catalogue[String($ref).split('/').at(-1) ?? '']?.value)
    : [example];
  return shown.flatMap((one) =>
    validate(one) ? [] : [`${JSON.stringify(one).slice(0, 80)} ${JSON.stringify(validate.errors)}`],
  );
}
