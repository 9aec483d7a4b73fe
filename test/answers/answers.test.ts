import { describe, expect, it } from 'vitest';
import { difference, shown } from './diff.ts';
import { onAnswer, recording, type Seen } from './recorder.ts';
import { routesIn } from './routes.ts';
import { linesOf, merged, setOf } from './set.ts';
import { factsOf, steady } from './shapes.ts';

const checkout = process.cwd();
const problem = (code: string, fields: object = {}) =>
  JSON.stringify({ type: `urn:problem-type:lockstep:${code}`, title: 'No', status: 404, code, ...fields });
const answer = (fields: Partial<Seen> = {}): Seen => ({
  method: 'GET',
  path: '/api/v1/slots/42',
  route: '/api/v1/slots/{slotId}',
  version: 1,
  sent: { headers: {}, body: '' },
  status: 200,
  headers: { etag: '"1.2"', date: 'Sun, 29 Nov 2026 08:25:14 GMT' },
  body: '{"slot_id":42,"state":"free","starts_at":"2027-01-15T09:00:00.000Z"}',
  ...fields,
});
const isGone = answer({ status: 404, headers: {}, body: problem('not-found', { detail: 'No slot 42.' }) });

describe('a normalised text', () => {
  it.each([
    ['res_AAAAAAAAACoMoYjUYmZNn_B0h18', '<res_>'],
    ['urn:request:602f21fc-3128-4059-a86a-52f00ece148f', 'urn:request:<uuid>'],
    ['2026-11-29T08:32:20.974Z', '<time>'],
    ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '<trace>'],
    ['http://127.0.0.1:33845/bucket/uploads?X-Amz-Date=1', '<url>'],
    ['/api/v1/syncs/9cc5c495-5363-4640-913f-e81ba083dd59', '/api/v<n>/syncs/<uuid>'],
    ['by key_AbCdEfGhIjKlMnOp, 3 times', 'by <key_>, <n> times'],
    ['t389907c0ff8c', '<tenant>'],
    ['16186635aaaa5873b8d4f581a19db171', '<hex>'],
    ['all systems say yes', 'all systems say yes'],
  ])('is the same in every run: %s', (text, expected) => {
    expect(steady(text)).toBe(expected);
  });
});

describe('a body', () => {
  it('is its fields with their types, the words of closed lists, and the texts for people', () => {
    const body = {
      items: [
        { state: 'free', n: 1 },
        { state: 'held', why: 'It waits.' },
      ],
      next: null,
    };
    expect(factsOf(body).map(({ at, kind, is }) => `${at} ${kind} ${is}`)).toEqual([
      ' field object',
      '/items field list',
      '/items/* field object',
      '/items/*/state field string',
      '/items/*/state word free',
      '/items/*/n field number',
      '/items/* field object',
      '/items/*/state field string',
      '/items/*/state word held',
      '/items/*/why field string',
      '/items/*/why text It waits.',
      '/next field null',
    ]);
  });

  it('keeps no digest and no cursor, with digits in it or without', () => {
    for (const value of ['dMqHEtgH1SlzCtigD9dSVA', 'dMqHEtgHqSlzCtigDxdSVA'])
      expect(factsOf(value)).toEqual([{ at: '', kind: 'field', is: 'string <opaque>' }]);
  });
});

describe('a set of answers', () => {
  it('is the same whatever came first, and however often', () => {
    const [one, two] = [setOf([answer(), isGone]), setOf([isGone, answer(), answer(), isGone])];
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
  });

  it('has a place for each status of each route, and for each code of a problem', () => {
    expect(Object.keys(setOf([answer(), isGone]).answers['GET /api/v1/slots/{slotId}']!)).toEqual([
      '200',
      '404 not-found',
    ]);
  });

  it('has nothing in it that the engine wrote', () => {
    expect(JSON.stringify(setOf([answer()]))).not.toContain('date');
  });

  it('of several runs knows which facts not all of them have met', () => {
    const held = answer({ body: '{"slot_id":42,"state":"held","starts_at":"2027-01-15T09:00:00.000Z"}' });
    const both = merged([setOf([answer()]), setOf([answer(), held])]);
    expect(both.runs).toBe(2);
    expect(both.rare).toEqual(['GET /api/v1/slots/{} → 200: word /state = held']);
  });
});

describe('the difference of two sets', () => {
  const before = setOf([answer(), isGone]);
  const against = (...now: Seen[]) => difference(before, setOf(now));

  it('is nothing between two runs that met the same', () => {
    expect(against(answer({ path: '/api/v1/slots/7' }), isGone)).toEqual({
      broken: [],
      wording: [],
      unseen: [],
    });
  });

  it('takes a text for people as wording', () => {
    const reworded = { ...isGone, body: problem('not-found', { detail: 'There is no such slot.' }) };
    const { broken, wording } = against(answer(), reworded);
    expect(broken).toEqual([]);
    expect(wording).toEqual([
      '- GET /api/v1/slots/{} → 404 not-found: text /detail = No slot <n>.',
      '+ GET /api/v1/slots/{} → 404 not-found: text /detail = There is no such slot.',
    ]);
  });

  it.each<[string, Partial<Seen>, string]>([
    ['a status', { status: 203 }, '+ GET /api/v1/slots/{} → 203'],
    [
      'a field that is new',
      { body: '{"slot_id":1,"state":"free","starts_at":"2027-01-15","x":1}' },
      'field /x',
    ],
    ['a field that is gone', { body: '{"slot_id":1,"state":"free"}' }, '- GET /api/v1/slots/{} → 200: field'],
    [
      'a type',
      { body: '{"slot_id":"a","state":"free","starts_at":"2027-01-15"}' },
      'field /slot_id = string',
    ],
    [
      'a word that is new',
      { body: '{"slot_id":1,"state":"gone","starts_at":"2027-01-15"}' },
      '/state = gone',
    ],
    ['a header that is gone', { headers: {} }, '- GET /api/v1/slots/{} → 200: header etag'],
    ['a header that is new', { headers: { etag: '"9"', vary: 'accept' } }, 'header vary = accept'],
  ])('breaks a caller by %s', (_, fields, expected) => {
    expect(against(answer(fields), isGone).broken.join('\n')).toContain(expected);
  });

  it('breaks a caller by another code of the same status, told once', () => {
    const other = { ...isGone, body: problem('slot-not-found', { detail: 'No slot 42.' }) };
    expect(against(answer(), other).broken).toEqual([
      '- GET /api/v1/slots/{} → 404 not-found',
      '+ GET /api/v1/slots/{} → 404 slot-not-found',
    ]);
  });

  it('makes nothing of a word, or of a rare fact, that this run did not meet', () => {
    const held = answer({ status: 203 });
    const both = merged([before, setOf([answer(), held, isGone])]);
    const { broken, unseen } = difference(both, before);
    expect(broken).toEqual([]);
    expect(unseen).toEqual(['- GET /api/v1/slots/{} → 203']);
  });

  it('makes nothing of how a parameter of the path is called', () => {
    expect(
      against(answer({ route: '/api/v1/slots/{slot}' }), { ...isGone, route: '/api/v1/slots/{slot}' }),
    ).toEqual({ broken: [], wording: [], unseen: [] });
  });

  it('tells a reviewer first what breaks a caller', () => {
    const text = shown({ broken: ['- a'], wording: [], unseen: ['- c'] });
    expect(text.indexOf('- a')).toBeLessThan(text.indexOf('none'));
    expect(text).toContain('Titles, details and other texts that differ: none');
  });

  it('has a line for every header, field, word and text of every answer', () => {
    expect(linesOf(before).filter(({ kind }) => kind === 'answer')).toHaveLength(2);
    expect(linesOf(before).filter(({ kind }) => kind === 'word')).toHaveLength(3);
  });
});

describe('the recorder', () => {
  const routeAt = routesIn(checkout);

  it('finds the door of a path, a literal segment before a parameter, in every version', () => {
    expect(routeAt('GET', '/api/v2/slots/42?wait=1')).toEqual({
      route: '/api/v2/slots/{slotId}',
      version: 2,
    });
    expect(routeAt('GET', '/api/v1/health')).toEqual({ route: '/api/v1/health', version: 1 });
    expect(routeAt('GET', '/nowhere')).toEqual({ route: '', version: undefined });
  });

  it('shows each answer of the API to its listeners, without the key, and the caller still reads it', async () => {
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

  it('fails the call whose answer a listener refuses', async () => {
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
