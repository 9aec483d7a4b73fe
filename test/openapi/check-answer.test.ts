import { describe, expect, it } from 'vitest';
import { checkAnswer, checkAnswers, type SeenAnswer } from '#openapi/check-answer.ts';

const required = { required: true, schema: { type: 'string' } };
const document = {
  paths: {
    '/things/{thingId}': {
      get: {
        responses: {
          200: {
            headers: { 'X-Request-Id': required, ETag: { $ref: '#/components/headers/ETag' } },
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
              'application/jsonl': { schema: { type: 'string' } },
            },
          },
          304: { headers: {} },
          404: { $ref: '#/components/responses/not-found' },
        },
      },
    },
    '/things/all': { get: { responses: { 204: {} } } },
  },
  components: {
    headers: { ETag: required },
    schemas: {
      Thing: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, part: { type: 'object', properties: { a: {} } } },
      },
      Problem: { type: 'object', properties: { code: { type: 'string' } } },
    },
    responses: {
      'not-found': {
        content: {
          'application/problem+json': {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                { properties: { code: { enum: ['not-found'] } } },
              ],
            },
          },
        },
      },
    },
  },
};
const documented = { prefix: '/api/v1', document };
const answer = (differs: Partial<SeenAnswer> = {}): SeenAnswer => ({
  method: 'GET',
  path: '/live/api/v1/things/7?wait=1',
  status: 200,
  headers: { 'x-request-id': 'r', etag: '"1"', 'content-type': 'application/json; charset=utf-8' },
  body: '{"name":"n"}',
  ...differs,
});
const faults = (differs: Partial<SeenAnswer> = {}) => checkAnswer(documented, answer(differs)).join('\n');

describe('the check of an answer against its OpenAPI document', () => {
  it('passes when status, headers, media type and body are as declared', () => {
    expect(faults()).toBe('');
    expect(faults({ status: 304, headers: {}, body: '' })).toBe('');
    expect(faults({ headers: { ...answer().headers, 'content-type': 'application/jsonl' }, body: 'x' })).toBe(
      '',
    );
  });

  it('fails on an undeclared status', () => {
    expect(faults({ status: 202 })).toContain('202 is no status');
  });

  it('fails on a missing header, and on an undeclared header of the product', () => {
    expect(faults({ headers: { 'x-request-id': 'r', 'content-type': 'application/json' } })).toContain(
      'lacks ETag',
    );
    expect(faults({ headers: { ...answer().headers, location: 'x' } })).toContain('has Location');
    expect(faults({ headers: { ...answer().headers, 'x-cache': 'x' } })).toBe('');
    const leaving = { ...answer().headers, deprecation: '@1', link: '<x>; rel="successor-version"' };
    expect(faults({ headers: leaving })).toContain('has Deprecation');
    expect(faults({ headers: leaving })).not.toContain('has Link');
  });

  it('fails on a missing, mistyped or undeclared field, at any depth', () => {
    expect(faults({ body: '{}' })).toContain('name');
    expect(faults({ body: '{"name":1}' })).toContain('/name must be string');
    expect(faults({ body: '{"name":"n","more":1}' })).toContain('more');
    expect(faults({ body: '{"name":"n","part":{"a":1,"b":2}}' })).toContain('"b"');
    expect(faults({ body: 'x' })).toContain('is not JSON');
  });

  it('fails on an undeclared body or media type', () => {
    expect(faults({ status: 304, headers: {}, body: 'x' })).toContain('has a body');
    expect(faults({ headers: { ...answer().headers, 'content-type': 'text/html' } })).toContain(
      'is text/html',
    );
    expect(faults({ headers: { 'x-request-id': 'r', etag: '"1"' } })).toContain('of no type');
  });

  it('fails on a problem code that the operation does not declare', () => {
    const problem = (code: string) => ({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: JSON.stringify({ code }),
    });
    expect(faults(problem('not-found'))).toBe('');
    expect(faults(problem('slot-taken'))).toContain('/code');
  });

  it('takes the declared path with the most literal segments', () => {
    expect(faults({ path: '/api/v1/things/all', status: 204, body: '' })).not.toContain('is no status');
  });

  it('accepts route-not-found alone for a path without a declaration', () => {
    const nothing = { status: 404, headers: {}, body: '{"code":"route-not-found"}' };
    for (const path of ['/api/v1/nowhere', '/nowhere', '/api/v1/things/7/more'])
      expect(checkAnswers([documented], answer({ path, ...nothing }))).toEqual([]);
    expect(checkAnswers([documented], answer({ path: '/api/v9/things/7' }))).toHaveLength(1);
    expect(faults({ path: '/api/v1/nowhere' })).toContain('is in no document');
    expect(faults({ method: 'OPTIONS', status: 204, body: '', headers: {} })).toBe('');
  });
});
