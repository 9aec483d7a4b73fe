import { describe, expect, it } from 'vitest';
import { strong, tagsOf, unchanged, versionsOf } from '#lib/http/preconditions.ts';
import { proxyEvent } from './proxy-event.ts';

describe('If-Match', () => {
  it.each([
    ['"7"', [7]],
    ['"7", "8" ,"9"', [7, 8, 9]],
    ['*', 'any'],
    [' * ', 'any'],
    [undefined, undefined],
    ['7', []],
    ['W/"7"', []],
    ['"07"', []],
    ['"abc"', []],
    ['"7', []],
    ['', []],
    ['"1234567890123456"', []],
  ])('%o allows the versions %o', (header, versions) => expect(versionsOf(header)).toEqual(versions));

  it('allows at most ten versions, so that no condition grows without limit', () => {
    expect(versionsOf(Array.from({ length: 50 }, (_, i) => `"${i + 1}"`).join(','))).toHaveLength(10);
  });

  it('also reads tags that are not numbers', () =>
    expect(tagsOf('"booked-3", "a,b"')).toEqual(['booked-3', 'a,b']));
});

describe('a GET', () => {
  const asked = (headers: Record<string, string>) => proxyEvent({ headers });
  const at = Date.parse('2027-01-15T08:00:00.900Z');

  it.each([
    [{ 'if-none-match': '"7"' }, true],
    [{ 'if-none-match': 'W/"7"' }, true],
    [{ 'if-none-match': '"6", "7"' }, true],
    [{ 'if-none-match': '*' }, true],
    [{ 'if-none-match': '"8"' }, false],
    [{ 'if-none-match': '7' }, false],
    [{ 'if-modified-since': 'Fri, 15 Jan 2027 08:00:01 GMT' }, true],
    [{ 'if-modified-since': 'Friday, 15-Jan-27 08:00:01 GMT' }, true],
    [{ 'if-modified-since': 'Fri Jan 15 08:00:01 2027' }, true],
    [{ 'if-modified-since': 'Fri, 15 Jan 2027 08:00:00 GMT' }, false],
    [{ 'if-modified-since': 'Fri, 15 Jan 2027 07:59:59 GMT' }, false],
    [{ 'if-modified-since': 'yesterday' }, false],
    [{ 'if-modified-since': '2028' }, false],
    [{ 'if-modified-since': '2028-01-15T08:00:00Z' }, false],
    [{ 'if-modified-since': 'Wed, 30 Feb 2028 08:00:00 GMT' }, false],
    [{}, false],
    [{ 'if-none-match': '"8"', 'if-modified-since': 'Fri, 15 Jan 2027 08:00:00 GMT' }, false],
  ])('with %o is answered with 304: %o', (headers, expected) => {
    expect(unchanged(asked(headers as Record<string, string>), strong(7), at)).toBe(expected);
  });
});
