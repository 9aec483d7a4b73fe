import { expect, it } from 'vitest';
import { httpDateOf } from '#lib/http-date.ts';
import { pauseOf } from '#lib/outside/retry-after.ts';

const now = Date.parse('2027-01-15T08:00:00Z');
const at = Date.parse('2027-01-15T08:00:30Z');

it.each([
  ['IMF-fixdate', 'Fri, 15 Jan 2027 08:00:30 GMT', at],
  ['RFC 850', 'Friday, 15-Jan-27 08:00:30 GMT', at],
  ['asctime', 'Fri Jan 15 08:00:30 2027', at],
  ['asctime with one digit', 'Sun Nov  6 08:49:37 1994', 784_111_777_000],
  ['a century ago where it would be too far ahead', 'Sunday, 06-Nov-94 08:49:37 GMT', 784_111_777_000],
  ['a second that is inserted', 'Fri, 15 Jan 2027 08:00:60 GMT', Date.parse('2027-01-15T08:01:00Z')],
])('an HTTP date is read in each of its formats: %s', (_, text, ms) => {
  expect(httpDateOf(text, now)).toBe(ms);
});

it.each([
  '2027-01-15T08:00:30Z',
  'Fri, 15 Jan 2027 08:00:30 CET',
  'Fri, 15 Jan 2027 08:00:30',
  'Fri, 32 Jan 2027 08:00:30 GMT',
  'Mon, 29 Feb 2027 08:00:30 GMT',
  'Fri, 15 Jan 2027 24:00:30 GMT',
  'Fri, 15 Jan 2027 08:60:30 GMT',
  'fri, 15 jan 2027 08:00:30 gmt',
  'Fri, 15 Jan 27 08:00:30 GMT',
  '12',
  '',
])('what is no HTTP date is none: %j', (text) => {
  expect(httpDateOf(text, now)).toBeUndefined();
});

it.each([
  ['120', 120_000],
  ['0', 0],
  ['9999999999', 3_600_000],
  ['9'.repeat(400), 3_600_000],
  [' 2 ', 2_000],
  ['Fri, 15 Jan 2027 08:00:30 GMT', 30_000],
  ['Friday, 15-Jan-27 08:00:30 GMT', 30_000],
  ['Fri Jan 15 08:00:30 2027', 30_000],
  ['Fri, 15 Jan 2027 07:00:00 GMT', 0],
  ['Fri, 01 Jan 2100 00:00:00 GMT', 3_600_000],
])('a pause of any length is one of at most an hour: %j', (text, ms) => {
  expect(pauseOf(text, now)).toBe(ms);
});

it.each(['-5', '+5', '1.5', '5s', '1e3', '0x10', 'soon', '2027-01-15', '1, 2', '', undefined])(
  'what is no pause is ignored: %j',
  (text) => {
    expect(pauseOf(text, now)).toBeUndefined();
  },
);
