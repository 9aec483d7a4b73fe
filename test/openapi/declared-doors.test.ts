import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { doorsIn, ofKind } from '#infra/read/doors.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import type { Contract, Trust } from '#lib/http/endpoint.ts';
import { openDoor } from '#lib/http/open-door.ts';
import { problems } from '#lib/problem.ts';
import { checkout } from '#test/infra/synth.ts';
import { tenantDoor } from '#wiring/access.ts';

type Module = { handler: { contract: Contract<never, never, never> }; api: Declaration };
const routes = await Promise.all(
  ofKind(doorsIn(checkout), 'route').map(async (door) => {
    const { handler, api }: Module = await import(pathToFileURL(door.entry).href);
    return { ...door, contract: handler.contract, api };
  }),
);
const named = (trust: Trust) =>
  routes.filter(({ contract }) => contract.trust === trust).map(({ name }) => name);

describe('the access to a door', () => {
  it('follows its folder: tenants for api, operators for ops, systems for hooks', () => {
    const trustOf: Record<string, Trust> = { api: 'tenant', ops: 'operator', hooks: 'system' };
    const shut = routes.filter(({ contract }) => contract.trust !== 'open');
    expect(shut.length).toBeGreaterThan(25);
    expect(shut.filter(({ area, contract }) => contract.trust !== trustOf[area])).toEqual([]);
    expect(shut.filter(({ contract }) => !contract.callers)).toEqual([]);
  });

  it('is open at four doors: health, the document of each version, and the page that shows them', () => {
    expect(named('open').sort()).toEqual([
      'api/docs.get',
      'api/v1/health.get',
      'api/v1/openapi_json.get',
      'api/v2/openapi_json.get',
    ]);
  });

  it('is set by a factory: no door makes its own endpoint', () => {
    const own = doorsIn(checkout).filter(({ entry }) => readFileSync(entry, 'utf8').includes('endpoint('));
    expect(own.map(({ file }) => file)).toEqual([]);
  });
});

describe('the declaration of a door', () => {
  it('has an example for each answer, which satisfies its schema', () => {
    const wrong = routes.flatMap(({ name, api }) =>
      Object.entries(api.answers).flatMap(([status, { schema, example }]) => {
        const read = schema && z.safeParse(schema, example);
        return read && !read.success ? [`${name} ${status}: ${z.prettifyError(read.error)}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('has an example for each request, which its door accepts', () => {
    const wrong = routes.flatMap(({ name, api }) =>
      (['path', 'query', 'body'] as const).flatMap((part) => {
        const schema = api[part];
        const read = schema && z.safeParse(schema, spoken(api, part));
        return read && !read.success ? [`${name} ${part}: ${z.prettifyError(read.error)}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('names codes of the problem catalogue, each once', () => {
    for (const { name, api } of routes) {
      expect(api.problems.filter((code) => !(code in problems), name)).toEqual([]);
      expect(new Set(api.problems).size, name).toBe(api.problems.length);
    }
  });

  it('is required by the compiler, and must match what the door reads and answers', () => {
    const body = z.strictObject({ a: z.int() });
    const api = {
      summary: 'Does nothing',
      body,
      answers: { 204: { description: 'Nothing.' } },
      problems: [],
    } satisfies Declaration;
    tenantDoor<typeof api>({ body }, ({ body: { a } }) => ({ status: 204, etag: a }));
    // @ts-expect-error A door without a declaration.
    openDoor({}, () => ({ status: 200 }));
    // @ts-expect-error An answer with another status.
    openDoor<typeof api>({ body }, () => ({ status: 200 }));
    // @ts-expect-error A contract that does not read the body that it declares.
    openDoor<typeof api>({}, () => ({ status: 204 }));
    // @ts-expect-error A query that it does not declare.
    openDoor<typeof api>({ body, query: body }, () => ({ status: 204 }));
    const stranger = { ...api, problems: ['no-such-code'] };
    // @ts-expect-error A problem that the catalogue does not know.
    expect(stranger satisfies Declaration).toBeDefined();
  });
});

/** Path and query parameters arrive as text. */
const spoken = ({ example }: Declaration, part: 'path' | 'query' | 'body'): unknown =>
  part === 'body'
    ? (example?.body ?? {})
    : Object.fromEntries(Object.entries(example?.[part] ?? {}).map(([name, value]) => [name, String(value)]));
