import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bodyOf, invalid, queryOf, understand } from '#lib/http/parse.ts';
import { Problem } from '#lib/problem.ts';
import { type Given, proxyEvent } from './proxy-event.ts';

const json = { 'content-type': 'application/json' };
const read = (body: string, more: Given = {}) =>
  bodyOf(proxyEvent({ method: 'POST', headers: json, body, ...more }));
const problemIn = (doing: () => unknown): Problem => {
  try {
    doing();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('It was understood');
};
const errorsIn = (doing: () => unknown) => problemIn(doing).extras.errors;

describe('a body', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'is read as %s',
    (type) => {
      expect(read('{"a":1}', { headers: { 'content-type': type } })).toEqual({ a: 1 });
    },
  );

  it.each([
    '',
    'text/plain',
    'application/jsonp',
    'application/json; charset=latin1',
    'text/json, application/json',
  ])('with the type %o is refused with 415', (type) => {
    expect(problemIn(() => read('{}', { headers: { 'content-type': type } }))).toMatchObject({
      code: 'not-json',
      status: 415,
    });
  });

  it('that is empty needs no Content-Type, and is undefined', () =>
    expect(read('', { headers: {} })).toBeUndefined());

  it('in base64, as the gateway sends unknown types, is the same body', () => {
    expect(read(Buffer.from('{"a":"é"}').toString('base64'), { base64: true })).toEqual({ a: 'é' });
  });

  it('may have 64 KiB and no byte more', () => {
    const most = JSON.stringify('é'.repeat((65_536 - 2) / 2));
    expect(read(most)).toHaveLength(32_767);
    expect(problemIn(() => read(`${most} `))).toMatchObject({ code: 'body-too-large', status: 413 });
  });

  it('may be nested sixteen levels deep', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(read(nested(16))).toBeDefined();
    expect(errorsIn(() => read(nested(17)))).toEqual([
      { pointer: '', detail: 'Nested deeper than 16 levels.' },
    ]);
    expect(errorsIn(() => read('[{"a":'.repeat(5_000)))).toHaveLength(1);
  });

  it('may have any brackets inside strings', () => {
    expect(read(JSON.stringify({ a: '[[[[[[[[[[[[[[[[[[[[ "]" \\' }))).toBeDefined();
  });

  it.each(['{', '{"a":1,}', 'yes', "{'a':1}", '"\\'])(
    'that is no JSON (%o) is refused without being quoted',
    (body) => {
      expect(problemIn(() => read(body))).toMatchObject({
        code: 'invalid-request',
        message: 'body: The body is not valid JSON.',
      });
    },
  );

  it('of endless escaped quotes is refused without much CPU time', () => {
    const begun = process.cpuUsage();
    problemIn(() => read(`"${'\\"'.repeat(32_000)}`));
    expect(process.cpuUsage(begun).user).toBeLessThan(250_000);
  });
});

describe('an invalid value', () => {
  const schema = z.strictObject({
    name: z.string(),
    'a/b~c': z.array(z.strictObject({ n: z.int() })).optional(),
  });

  it('is named field by field, as JSON Pointers', () => {
    const errors = errorsIn(() => understand(schema, { 'a/b~c': [{ n: 1 }, { n: 1.5 }] }, 'body'));
    expect(errors?.map(({ pointer }) => pointer)).toEqual(['/name', '/a~1b~0c/1/n']);
  });

  it('names every unknown field, at any depth', () => {
    const errors = errorsIn(() =>
      understand(schema, { name: 'n', x: 1, y: 2, 'a/b~c': [{ n: 1, z: 3 }] }, 'body'),
    );
    expect(errors).toEqual(
      ['/a~1b~0c/0/z', '/x', '/y'].map((pointer) => ({ pointer, detail: 'There is no such field.' })),
    );
  });

  it.each(['path', 'query'] as const)('is named by its name in the %s', (part) => {
    expect(errorsIn(() => understand(schema, { name: 1 }, part))).toMatchObject([
      { pointer: `${part}.name` },
    ]);
  });

  it('is reported with at most twenty errors, each cut to a limit', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${'x'.repeat(500)}${i}`, 1]));
    const problem = problemIn(() => understand(z.strictObject({}), many, 'body'));
    expect(problem.extras.errors).toHaveLength(20);
    expect(JSON.stringify(problem.extras).length).toBeLessThan(10_000);
    expect(invalid([]).extras.errors).toEqual([]);
  });
});

describe('a query', () => {
  it('is an object of its names and values', () =>
    expect(queryOf(proxyEvent({ query: { a: ['1'], b: [''] } }))).toEqual({ a: '1', b: '' }));
  it('may be absent', () => expect(queryOf(proxyEvent())).toEqual({}));
  it('with a name given twice is refused', () => {
    expect(errorsIn(() => queryOf(proxyEvent({ query: { a: ['1', '2'], b: ['1'] } })))).toMatchObject([
      { pointer: 'query.a' },
    ]);
  });
});
