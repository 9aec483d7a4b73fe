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

describe('an answer and its document', () => {
  it('agree when status, headers, media type and body are as declared', () => {
    expect(faults()).toBe('');
    expect(faults({ status: 304, headers: {}, body: '' })).toBe('');
    expect(faults({ headers: { ...answer().headers, 'content-type': 'application/jsonl' }, body: 'x' })).toBe(
      '',
    );
  });

  it('disagree about a status that is not declared', () => {
    expect(faults({ status: 202 })).toContain('202 is no status');
  });

  it('disagree about a header that is absent, and about one of ours that is not declared', () => {
    expect(faults({ headers: { 'x-request-id': 'r', 'content-type': 'application/json' } })).toContain(
      'lacks ETag',
    );
    expect(faults({ headers: { ...answer().headers, location: 'x' } })).toContain('has Location');
    expect(faults({ headers: { ...answer().headers, 'x-cache': 'x' } })).toBe('');
    const leaving = { ...answer().headers, deprecation: '@1', link: '<x>; rel="successor-version"' };
    expect(faults({ headers: leaving })).toContain('has Deprecation');
    expect(faults({ headers: leaving })).not.toContain('has Link');
  });

  it('disagree about a field that is absent, of another type, or not declared at any depth', () => {
    expect(faults({ body: '{}' })).toContain('name');
    expect(faults({ body: '{"name":1}' })).toContain('/name must be string');
    expect(faults({ body: '{"name":"n","more":1}' })).toContain('more');
    expect(faults({ body: '{"name":"n","part":{"a":1,"b":2}}' })).toContain('"b"');
    expect(faults({ body: 'x' })).toContain('is not JSON');
  });

  it('disagree about a body or a media type that is not declared', () => {
    expect(faults({ status: 304, headers: {}, body: 'x' })).toContain('has a body');
    expect(faults({ headers: { ...answer().headers, 'content-type': 'text/html' } })).toContain(
      'is text/html',
    );
    expect(faults({ headers: { 'x-request-id': 'r', etag: '"1"' } })).toContain('of no type');
  });

  it('disagree about a problem that the operation does not name', () => {
    const problem = (code: string) => ({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: JSON.stringify({ code }),
    });
    expect(faults(problem('not-found'))).toBe('');
    expect(faults(problem('slot-taken'))).toContain('/code');
  });

  it('are compared by the path that spells most out', () => {
    expect(faults({ path: '/api/v1/things/all', status: 204, body: '' })).not.toContain('is no status');
  });

  it('of what is in no document agree only that there is nothing', () => {
    const nothing = { status: 404, headers: {}, body: '{"code":"route-not-found"}' };
    for (const path of ['/api/v1/nowhere', '/nowhere', '/api/v1/things/7/more'])
      expect(checkAnswers([documented], answer({ path, ...nothing }))).toEqual([]);
    expect(checkAnswers([documented], answer({ path: '/api/v9/things/7' }))).toHaveLength(1);
    expect(faults({ path: '/api/v1/nowhere' })).toContain('is in no document');
    expect(faults({ method: 'OPTIONS', status: 204, body: '', headers: {} })).toBe('');
  });
});
