import type { APIGatewayProxyResult } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import committed from '#docs/api/page.json' with { type: 'json' };
import { handler as docs } from '#functions/api/docs.get.ts';
import { curlOf, requestOf } from '#openapi/page/request.ts';
import { linesOf } from '#openapi/page/schema-lines.ts';
import { pageOf } from '#openapi/page.ts';
import { stubDoor } from '#test/lib/door-environment.ts';
import { proxyEvent, requestId } from '#test/lib/proxy-event.ts';

const operation = {
  ...{ operationId: 'postThings', summary: '', description: '', tags: [], responses: {} },
  ...{ method: 'POST', path: '/things/{thingId}/parts' },
  parameters: [
    { name: 'thingId', in: 'path' as const, required: true, schema: {} },
    { name: 'wait', in: 'query' as const, required: false, schema: {} },
    { name: 'If-Match', in: 'header' as const, required: false, schema: {} },
  ],
};

describe('the page of the API’s documents', () => {
  it('is committed as its sources build it', async () => {
    expect(committed).toEqual(await pageOf());
  });

  it('contains everything that it shows, and its content policy allows nothing else', () => {
    expect(committed.html).not.toMatch(/(?:src|href)="(?!#)/);
    expect(committed.policy).toContain("default-src 'none'");
    expect(committed.policy).not.toContain('unsafe');
  });

  it('is served with its own content policy, and may be cached by anyone', async () => {
    const restore = stubDoor();
    const ask = docs as unknown as (event: unknown, context: unknown) => Promise<APIGatewayProxyResult>;
    const answer = await ask(proxyEvent({ path: '/api/docs' }), {
      awsRequestId: requestId,
      functionName: 'door',
    });
    restore();
    expect(answer).toMatchObject({ statusCode: 200, body: committed.html });
    expect(answer.headers).toMatchObject({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': committed.policy,
      'Cache-Control': 'public, max-age=300',
    });
  });

  it('makes a call from the filled-in fields, and omits the empty ones', () => {
    const values = { 'path.thingId': 'a/b', 'query.wait': '5', 'header.If-Match': '' };
    const request = requestOf('https://x.example/live/api/v1', operation, {
      values,
      body: '{}',
      key: 'lk_a',
    });
    expect(request).toEqual({
      url: 'https://x.example/live/api/v1/things/a%2Fb/parts?wait=5',
      method: 'POST',
      headers: { Authorization: 'Bearer lk_a', 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(requestOf('', operation, { values: {}, body: '', key: '' })).toMatchObject({ headers: {} });
  });

  it('shows a call as a curl command, without the key and with safe quotes', () => {
    const text = curlOf({
      url: 'https://x',
      method: 'POST',
      headers: { Authorization: 'Bearer lk_secret', 'X-A': "it's" },
      body: '{}',
    });
    expect(text).toContain('Bearer $LOCKSTEP_KEY');
    expect(text).not.toContain('lk_secret');
    expect(text).toContain(`'X-A: it'\\''s'`);
  });

  it('lists the fields of a schema through references and lists', () => {
    const part = { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 1 } } };
    const document = { components: { schemas: { Part: part } } } as never;
    const schema = {
      type: 'object',
      properties: {
        parts: { type: 'array', items: { $ref: '#/components/schemas/Part' } },
        one: { $ref: '#/components/schemas/Part' },
      },
    };
    expect(linesOf(document, schema).map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'parts: object[]',
      'parts[].a: integer, from 1',
      'one: object',
      'one.a: integer, from 1',
    ]);
  });
});
