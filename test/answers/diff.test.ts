import { describe, expect, it } from 'vitest';
import { difference, shown } from './diff.ts';
import type { Seen } from './recorder.ts';
import { answer, isGone, problem } from './sample.ts';
import { linesOf, merged, setOf } from './set.ts';

describe('the difference of two sets', () => {
  const before = setOf([answer(), isGone]);
  const against = (...now: Seen[]) => difference(before, setOf(now));

  it('is empty between two runs that recorded the same answers', () => {
    expect(against(answer({ path: '/api/v1/slots/7' }), isGone)).toEqual({
      broken: [],
      wording: [],
      unseen: [],
    });
  });

  it('counts a changed title or detail as wording, not as a break', () => {
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
  ])('reports %s as a break for callers', (_, fields, expected) => {
    expect(against(answer(fields), isGone).broken.join('\n')).toContain(expected);
  });

  it('reports another problem code under the same status as one break', () => {
    const other = { ...isGone, body: problem('slot-not-found', { detail: 'No slot 42.' }) };
    expect(against(answer(), other).broken).toEqual([
      '- GET /api/v1/slots/{} → 404 not-found',
      '+ GET /api/v1/slots/{} → 404 slot-not-found',
    ]);
  });

  it('does not report a word or a rare fact that this run did not reach as a break', () => {
    const held = answer({ status: 203 });
    const both = merged([before, setOf([answer(), held, isGone])]);
    const { broken, unseen } = difference(both, before);
    expect(broken).toEqual([]);
    expect(unseen).toEqual(['- GET /api/v1/slots/{} → 203']);
  });

  it('ignores a renamed path parameter', () => {
    expect(
      against(answer({ route: '/api/v1/slots/{slot}' }), { ...isGone, route: '/api/v1/slots/{slot}' }),
    ).toEqual({ broken: [], wording: [], unseen: [] });
  });

  it('lists breaking changes before changed wording', () => {
    const text = shown({ broken: ['- a'], wording: [], unseen: ['- c'] });
    expect(text.indexOf('- a')).toBeLessThan(text.indexOf('none'));
    expect(text).toContain('Titles, details and other texts that differ: none');
  });

  it('has a line for every header, field, word and text of every answer', () => {
    expect(linesOf(before).filter(({ kind }) => kind === 'answer')).toHaveLength(2);
    expect(linesOf(before).filter(({ kind }) => kind === 'word')).toHaveLength(3);
  });
});
