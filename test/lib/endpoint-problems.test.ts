import { beforeEach, describe, expect, it } from 'vitest';
import { endpoint } from '#lib/http/endpoint.ts';
import { Problem } from '#lib/problem.ts';
import { stubDoor } from './door-environment.ts';
import { ask, requestId } from './proxy-event.ts';

const failing = (error: unknown) =>
  endpoint({ trust: 'open' }, () => {
    throw error;
  });

beforeEach(stubDoor);

describe('a problem', () => {
  it('is problem+json with a stable type and code, Retry-After, and the request id', async () => {
    const answer = await ask(
      failing(new Problem('slot-taken', { detail: 'Try another slot.', retryAfter: 0.2 })),
    );
    expect(answer.body).toEqual({
      type: 'urn:problem-type:lockstep:slot-taken',
      title: 'Slot taken',
      status: 409,
      code: 'slot-taken',
      detail: 'Try another slot.',
      instance: `urn:request:${requestId}`,
    });
    expect(answer).toMatchObject({
      status: 409,
      headers: {
        'content-type': 'application/problem+json',
        'retry-after': '1',
        'cache-control': 'no-store',
      },
    });
  });

  it.each([
    ['an error of ours', new Error('secret table acme#access', { cause: new Error('secret cause') })],
    ['a problem’s cause', new Problem('check-unavailable', { cause: new Error('secret address 10.0.0.1') })],
    ['something that is no error', 'secret word'],
    [
      'an error that pretends to be an answer',
      Object.assign(new Error('secret'), { statusCode: 200, expose: true }),
    ],
  ])('leaks nothing of %s', async (_, error) => {
    const answer = await ask(failing(error));
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(JSON.stringify(answer)).not.toMatch(/secret|stack|10\.0\.0\.1/);
  });

  it('is 503 with Retry-After when AWS is unavailable', async () => {
    const away = Object.assign(new Error('secret throttle'), { $metadata: {} });
    expect(await ask(failing(away))).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
      headers: { 'retry-after': '1' },
    });
  });
});
