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

describe('who may knock', () => {
  it('is said by the folder of a door: tenants at api, operators at ops, systems at hooks', () => {
    const trustOf: Record<string, Trust> = { api: 'tenant', ops: 'operator', hooks: 'system' };
    const shut = routes.filter(({ contract }) => contract.trust !== 'open');
    expect(shut.length).toBeGreaterThan(25);
    expect(shut.filter(({ area, contract }) => contract.trust !== trustOf[area])).toEqual([]);
    expect(shut.filter(({ contract }) => !contract.callers)).toEqual([]);
  });

  it('is anybody at four doors: health, the document of each version, and the page that shows them', () => {
    expect(named('open').sort()).toEqual([
      'api/docs.get',
      'api/v1/health.get',
      'api/v1/openapi_json.get',
      'api/v2/openapi_json.get',
    ]);
  });

  it('is decided by a factory: no door makes its endpoint by itself', () => {
    const own = doorsIn(checkout).filter(({ entry }) => readFileSync(entry, 'utf8').includes('endpoint('));
    expect(own.map(({ file }) => file)).toEqual([]);
  });
});

describe('the declaration of a door', () => {
  it('has a version of whatever can be read, so that a reader is told when nothing is new', () => {
    const reads = routes.filter(({ name }) => name.endsWith('.get'));
    const without = reads.filter(({ api }) => !api.answers[200]?.headers?.includes('ETag'));
    expect(reads.length).toBeGreaterThan(15);
    expect(without.map(({ name }) => name)).toEqual(['api/v1/health.get']);
  });

  it('shows each answer by an example that is one, and shows every field that an answer always has', () => {
    const wrong = routes.flatMap(({ name, api }) =>
      Object.entries(api.answers).flatMap(([status, { schema, example }]) => {
        const read = schema && z.safeParse(schema, example);
        return read && !read.success ? [`${name} ${status}: ${z.prettifyError(read.error)}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('shows each request by an example that its door would read', () => {
    const wrong = routes.flatMap(({ name, api }) =>
      (['path', 'query', 'body'] as const).flatMap((part) => {
        const schema = api[part];
        const read = schema && z.safeParse(schema, spoken(api, part));
        return read && !read.success ? [`${name} ${part}: ${z.prettifyError(read.error)}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('names problems of the catalogue, and none twice', () => {
    for (const { name, api } of routes) {
      expect(api.problems.filter((code) => !(code in problems), name)).toEqual([]);
      expect(new Set(api.problems).size, name).toBe(api.problems.length);
    }
  });

  it('is there, or the door does not compile; nor does one that answers otherwise than it declares', () => {
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

/** Parts of a path and of a query arrive as text. */
const spoken = ({ example }: Declaration, part: 'path' | 'query' | 'body'): unknown =>
  part === 'body'
    ? (example?.body ?? {})
    : Object.fromEntries(Object.entries(example?.[part] ?? {}).map(([name, value]) => [name, String(value)]));
