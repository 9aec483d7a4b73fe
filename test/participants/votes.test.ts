import { describe, expect, it } from 'vitest';
import { voteFromReply } from '#domain/participants/lines/http/votes.ts';
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
    ['a word that means: never heard of it', 200, order('GONE'), no('refused', { absent: true })],
    ['a word that means: under way', 200, order('BUSY'), ongoing],
    ['under way, said with a conflict', 409, { ...order('BUSY'), error: 'in-progress' }, ongoing],
    ['accepted', 202, order(undefined), ongoing],
    ['accepted, and done already', 202, order('DONE'), yes],
    ['a refusal that names the token', 422, order(undefined), no('it answered 422')],
    ['a refusal that names none, but an error', 400, { error: 'bad-amount' }, no('bad-amount')],
    [
      'a refusal with a code in its error',
      422,
      { error: { code: 'rolled-back', hint: 1 } },
      no('rolled-back'),
    ],
    ['a conflict whose code means no', 409, { ...order(undefined), error: 'mismatch' }, no('mismatch')],
    ['a conflict whose code means: under way', 409, { error: { code: 'running' } }, ongoing],
    ['too early, and under way', 425, order('BUSY'), ongoing],
    [
      'errors by field',
      200,
      { ...order(undefined), errors: { usd: ['is too much'] } },
      no('its yes contains an error'),
    ],
    [
      'a problem of RFC 9457',
      400,
      { type: 'https://office.example/problems/no-funds', title: 'No funds', status: 400 },
      no('no-funds'),
    ],
    ['an error that says nothing beside a yes', 200, { ...order('DONE'), error: { code: null } }, yes],
    [
      'not found',
      404,
      { order: { id: outsideToken }, error: 'not-found' },
      no('not-found', { absent: true }),
    ],
    ['gone', 410, { order: { id: outsideToken }, error: true }, no('it answered 410', { absent: true })],
    ['an error inside an answer', 200, { ...order(undefined), error: 'declined' }, no('declined')],
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
    ['a yes with a status that refuses', 422, order('DONE')],
    ['a yes with an error', 200, { ...order('DONE'), error: 'declined' }],
    ['a yes that did not succeed', 200, { ...order('DONE'), success: false }],
    ['a conflict with a code that is not listed', 409, { ...order(undefined), error: 'in-use' }],
    ['a conflict without a code', 409, order(undefined)],
    ['a wrong path', 404, { error: 'not-found' }],
    ['under way, with an error', 200, { ...order('BUSY'), error: 'declined' }],
  ])('is never guessed at: %s', (_, status, body) => {
    expect(vote(status, body)).toEqual(unknown);
  });

  it('without rules in the manifest is a yes for JSON without an error', () => {
    expect(vote(200, {}, {})).toEqual(yes);
    expect(vote(204, undefined, {})).toEqual(unknown);
    expect(vote(202, {}, {})).toEqual(ongoing);
    expect(vote(400, {}, {})).toMatchObject({ vote: 'unknown', sent: true });
    expect(vote(400, { error: '', errors: ['x'] }, {})).toEqual(no('x'));
    expect(vote(200, { error: 'x' }, {})).toEqual(no('x'));
  });

  it('has a short reason of plain characters', () => {
    expect(vote(400, { error: `no\n<b>${'x'.repeat(200)}` })).toEqual(no(`nob${'x'.repeat(77)}`));
    expect(vote(400, { error: '<>' })).toEqual(no('it answered 400'));
  });
});
