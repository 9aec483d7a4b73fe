import { describe, expect, it } from 'vitest';
import { answer, isGone, problem } from './sample.ts';
import { merged, setOf } from './set.ts';
import { factsOf, steady } from './shapes.ts';

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
  it('becomes its fields with their types, the words of closed lists, and the texts for people', () => {
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

  it('keeps no digest or cursor, with or without digits in it', () => {
    for (const value of ['dMqHEtgH1SlzCtigD9dSVA', 'dMqHEtgHqSlzCtigDxdSVA'])
      expect(factsOf(value)).toEqual([{ at: '', kind: 'field', is: 'string <opaque>' }]);
  });
});

describe('a set of answers', () => {
  it('does not depend on the order or number of its answers', () => {
    const [one, two] = [setOf([answer(), isGone]), setOf([isGone, answer(), answer(), isGone])];
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
  });

  it('has an entry for each status of a route, and for each problem code', () => {
    expect(Object.keys(setOf([answer(), isGone]).answers['GET /api/v1/slots/{slotId}']!)).toEqual([
      '200',
      '404 not-found',
    ]);
  });

  it('leaves out headers that the engine wrote', () => {
    expect(JSON.stringify(setOf([answer()]))).not.toContain('date');
  });

  it('leaves out answers that only a busy machine gives', () => {
    const busy = answer({ status: 503, body: problem('unavailable') });
    expect(setOf([answer(), busy])).toEqual(setOf([answer()]));
  });

  it('merged from several runs, marks as rare the facts that some runs lack', () => {
    const held = answer({ body: '{"slot_id":42,"state":"held","starts_at":"2027-01-15T09:00:00.000Z"}' });
    const both = merged([setOf([answer()]), setOf([answer(), held])]);
    expect(both.runs).toBe(2);
    expect(both.rare).toEqual(['GET /api/v1/slots/{} → 200: word /state = held']);
  });
});
