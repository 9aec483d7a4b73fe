import { describe, expect, it } from 'vitest';
import { onAnswer, recording, type Seen } from './recorder.ts';
import { routesIn } from './routes.ts';

const checkout = process.cwd();

describe('the recorder', () => {
  const routeAt = routesIn(checkout);

  it('finds the door of a path in every version, a literal segment before a parameter', () => {
    expect(routeAt('GET', '/api/v2/slots/42?wait=1')).toEqual({
      route: '/api/v2/slots/{slotId}',
      version: 2,
    });
    expect(routeAt('GET', '/api/v1/health')).toEqual({ route: '/api/v1/health', version: 1 });
    expect(routeAt('GET', '/nowhere')).toEqual({ route: '', version: undefined });
  });

  it('passes each answer of the API to its listeners without the key, and the caller can still read it', async () => {
    const seen: Seen[] = [];
    onAnswer((one) => void seen.push(one));
    const sent = async () => new Response('{"a":1}', { status: 201, headers: { 'api-version': 'v1' } });
    const call = recording({ baseUrl: 'http://here/stage', routeAt }, sent as typeof fetch);
    const got = await call('http://here/stage/api/v1/slots/42', {
      method: 'put',
      headers: { Authorization: 'Bearer lk_secret', 'If-Match': '"1"' },
      body: '{}',
    });
    await call('http://elsewhere/books');
    expect(await got.text()).toBe('{"a":1}');
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'PUT',
      path: '/api/v1/slots/42',
      route: '/api/v1/slots/{slotId}',
      status: 201,
      body: '{"a":1}',
      sent: { headers: { 'if-match': '"1"' }, body: '{}' },
    });
    expect(JSON.stringify(seen)).not.toContain('lk_secret');
  });

  it('fails a call when a listener throws on its answer', async () => {
    onAnswer(({ path }) => {
      if (path === '/refused') throw new Error('not as documented');
    });
    const call = recording(
      { baseUrl: 'http://here', routeAt },
      (async () => new Response('')) as typeof fetch,
    );
    await expect(call('http://here/refused')).rejects.toThrow('not as documented');
  });
});
