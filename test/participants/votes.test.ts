import { describe, expect, it } from 'vitest';
import { voteFromReply } from '#domain/participants/http/votes.ts';
import type { Reply } from '#systems/protocol.ts';
import { asked, order, outsideToken } from './answers-by-manifest.ts';

const vote = (status: number, body: unknown, more?: object) =>
  voteFromReply({ status, body } as Reply, asked(more), 'commit');
const yes = { vote: 'yes' };
const ongoing = { vote: 'ongoing' };
const unknown = { vote: 'unknown', sent: true, reason: expect.any(String) };
const no = (reason: string, more = {}) => ({ vote: 'no', reason, ...more });

describe('the vote of an HTTP answer', () => {
  it.each<[string, number, unknown, object]>([
    ['a word that means yes', 200, order('DONE'), yes],
    ['a number that means yes', 201, order(1), yes],
    ['a boolean that means yes', 200, order(true), yes],
    [
      'a yes that ends',
      200,
      order('DONE', { until: '2027-01-15T08:00:00Z' }),
      { ...yes, validUntil: Date.parse('2027-01-15T08:00:00Z') },
    ],
    ['a word that means no', 200, order('NO'), no('refused')],
    ['a word that means absent', 200, order('GONE'), no('refused', { absent: true })],
    ['a word that means ongoing', 200, order('BUSY'), ongoing],
    ['ongoing, with a 409', 409, { ...order('BUSY'), error: 'in-progress' }, ongoing],
    ['a 202', 202, order(undefined), ongoing],
    ['a 202 with a yes', 202, order('DONE'), yes],
    ['a refusal that names the token', 422, order('DONE'), no('answers 422')],
    ['a refusal that names none, but an error', 400, { error: 'bad-amount' }, no('bad-amount')],
    [
      'a refusal with a code in its error',
      409,
      { error: { code: 'rolled-back', hint: 1 } },
      no('rolled-back'),
    ],
    [
      'not found',
      404,
      { order: { id: outsideToken }, error: 'not-found' },
      no('not-found', { absent: true }),
    ],
    ['not found, without the token', 404, { error: 'not-found' }, no('not-found')],
    ['gone', 410, { order: { id: outsideToken }, error: true }, no('answers 410', { absent: true })],
    ['an error inside a yes', 200, { ...order('DONE'), error: 'declined' }, no('declined')],
    ['errors inside a yes', 200, { ...order('DONE'), errors: [{}] }, no('an error inside a yes')],
    ['no errors inside a yes', 200, { ...order('DONE'), errors: [], error: null }, yes],
  ])('follows the manifest: %s', (_, status, body, expected) => {
    expect(vote(status, body)).toEqual(expected);
  });

  it.each<[string, number, unknown]>([
    ['an answer that is not JSON', 200, undefined],
    ['a page with a refusal', 404, undefined],
    ['a list', 200, [order('DONE')]],
    ['a bare word', 200, 'DONE'],
    ['null', 200, null],
    ['a word that is not listed', 200, order('FINE')],
    ['a property name of JavaScript', 200, order('constructor')],
    ['a word for another question', 200, order('HELD')],
    ['no word', 200, order(undefined)],
    ["another's token", 200, { order: { id: 'other', word: 'DONE' } }],
    ["a refusal of another's token", 422, { order: { id: 'other' }, error: 'declined' }],
    ['no token', 200, { order: { word: 'DONE' } }],
    ['a refusal from a proxy', 400, { message: 'Bad Request' }],
    ['a yes whose end cannot be read', 200, order('DONE', { until: 'soon' })],
    ['a credential that is refused', 401, { ...order('DONE'), error: 'who' }],
    ['something forbidden', 403, { error: 'forbidden' }],
    ['a method that is not allowed', 405, { error: 'method' }],
    ['the system’s own time limit', 408, { error: 'timeout' }],
    ['a lock', 423, { error: 'locked' }],
  ])('is unknown for %s', (_, status, body) => {
    expect(vote(status, body)).toEqual(unknown);
  });

  it('without rules in the manifest is a yes for JSON without an error', () => {
    expect(vote(200, {}, {})).toEqual(yes);
    expect(vote(204, undefined, {})).toEqual(unknown);
    expect(vote(202, {}, {})).toEqual(ongoing);
    expect(vote(400, {}, {})).toMatchObject({ vote: 'unknown', sent: true });
    expect(vote(400, { error: '', errors: ['x'] }, {})).toEqual(no('answers 400'));
  });

  it('has a short reason of plain characters', () => {
    expect(vote(400, { error: `no\n<b>${'x'.repeat(200)}` })).toEqual(no(`nob${'x'.repeat(77)}`));
    expect(vote(400, { error: '<>' })).toEqual(no('answers 400'));
  });
});
