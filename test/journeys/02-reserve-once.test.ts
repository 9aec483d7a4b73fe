import { describe, expect, it } from 'vitest';
import { eventually, newSlot, tell } from './running-lockstep.ts';

describe('reserving a slot', () => {
  it('books it with one call and no body, and a repeat gets the same answer byte for byte', async () => {
    const { reserve, booker, path } = await newSlot();
    const first = await reserve('abc123');
    expect(first.status).toBe(200);
    expect(first.body).toEqual({ status: 'ok', reservation_id: expect.stringMatching(/^res_/) });
    expect(first.headers.get('idempotent-replayed')).toBeNull();

    for (const key of ['abc123', '"abc123"']) {
      const repeat = await reserve(key);
      expect(repeat.text).toBe(first.text);
      expect(repeat.headers.get('idempotent-replayed')).toBe('true');
    }
    expect((await booker('GET', path)).body.state).toBe('booked');
  });

  it('is one operation in v1 and v2, which share its Idempotency-Key; v2 adds the brand', async () => {
    const { reserve, booker } = await newSlot();
    const v1 = await reserve('one-key');
    const v2 = await reserve('one-key', { version: 'v2', body: {} });
    expect(v2).toMatchObject({ status: 200, body: v1.body });
    const [old, latest] = await Promise.all([
      booker('GET', '/api/v1/slots/42'),
      booker('GET', '/api/v2/slots/42'),
    ]);
    expect(latest.text).toBe(old.text);
    expect([old.headers.get('api-version'), latest.headers.get('api-version')]).toEqual(['v1', 'v2']);
  });

  it('answers the preferred brand of v2 to a repeat', async () => {
    const { reserve } = await newSlot({ brands: ['Moderna', 'Novavax'] });
    const first = await reserve('with-brand', { version: 'v2', body: { preferred_brand: 'Moderna' } });
    expect(first.body).toMatchObject({ status: 'ok', brand: 'Moderna' });
    expect((await reserve('with-brand', { version: 'v2', body: { preferred_brand: 'Moderna' } })).text).toBe(
      first.text,
    );
  });

  it('is refused with 422 when a key comes with another command, without a word about the first', async () => {
    const { reserve } = await newSlot();
    const first = await reserve('reused', { version: 'v2', body: { preferred_brand: 'Moderna' } });
    for (const other of [
      await reserve('reused', { version: 'v2', body: { preferred_brand: 'Pfizer' } }),
      await reserve('reused', { version: 'v1' }),
    ]) {
      expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
      expect(other.text).not.toContain(String(first.body.reservation_id));
      expect(other.text).not.toContain('Moderna');
    }
  });

  it('answers 409 with Retry-After to a repeat while the first call runs', async () => {
    const scene = async () => {
      const { reserve, booker, path } = await newSlot();
      await tell('eligibility', { call: 'check', behaviour: 'slow', delayMs: 1_500 });
      const running = reserve('slow');
      await eventually(
        () => booker('GET', path),
        ({ body }) => body.state !== 'free',
      );
      const [repeat, stranger] = await Promise.all([reserve('slow'), reserve('another')]);
      return { reserve, repeat, stranger, first: await running };
    };
    // On a busy machine the first call may end before the others arrive: then it is played again.
    const { reserve, repeat, stranger, first } = await eventually(
      scene,
      ({ repeat, stranger }) => repeat.status === 409 && stranger.headers.has('retry-after'),
    );
    expect(repeat).toMatchObject({ status: 409, body: { code: 'request-in-progress' } });
    expect(stranger).toMatchObject({ status: 409, body: { code: 'slot-taken', title: 'Slot taken' } });
    for (const { headers } of [repeat, stranger])
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(first.status).toBe(200);
    expect((await reserve('slow')).text).toBe(first.text);
  });

  it('asks for an Idempotency-Key before it checks anything else', async () => {
    const { booker } = await newSlot();
    const missing = await booker('POST', '/api/v1/slots/nonsense/reservations');
    expect(missing).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
    const odd = await booker('POST', '/api/v1/slots/42/reservations', {
      headers: { 'Idempotency-Key': '"unclosed' },
    });
    expect(odd).toMatchObject({ status: 400, body: { code: 'idempotency-key-invalid' } });
  });

  it('is 404 for a slot that does not exist, and 409 for a brand that it does not offer', async () => {
    const { reserve, booker } = await newSlot({ brands: ['Novavax'] });
    const absent = await booker('POST', '/api/v1/slots/43/reservations', {
      headers: { 'Idempotency-Key': 'absent' },
    });
    expect(absent.status).toBe(404);
    const wrong = await reserve('brand', { version: 'v2', body: { preferred_brand: 'Pfizer' } });
    expect(wrong).toMatchObject({ status: 409, body: { code: 'brand-not-offered' } });
    expect((await reserve('brand', { version: 'v2', body: { preferred_brand: 'Novavax' } })).status).toBe(
      200,
    );
  });
});
