import { describe, expect, it } from 'vitest';
import { idempotencyKey } from '#lib/http/idempotency-key.ts';

describe('an Idempotency-Key', () => {
  it.each([
    ['bare', 'abc123', 'abc123'],
    ['quoted, as the IETF draft has it', '"abc123"', 'abc123'],
    ['with blanks around it', '  abc123 ', 'abc123'],
    ['with escaped quotes and backslashes', '"a\\"b\\\\c"', 'a"b\\c'],
    ['with a blank inside', 'a b', 'a b'],
    ['of 255 characters', 'k'.repeat(255), 'k'.repeat(255)],
  ])('%s is accepted', (_, header, key) => expect(idempotencyKey(header)).toBe(key));

  it.each([undefined, '', '   '])('that is absent (%o) is refused as missing', (header) => {
    expect(() => idempotencyKey(header)).toThrow(
      expect.objectContaining({ code: 'idempotency-key-missing', status: 400 }),
    );
  });

  it.each([
    '""',
    '" "',
    '"abc',
    'abc"',
    'a"b',
    '"a"b"',
    '"a\\b"',
    'ключ',
    'a\tb',
    'k'.repeat(256),
    '"a", "b"',
  ])('%o is refused as invalid', (header) => {
    expect(() => idempotencyKey(header)).toThrow(
      expect.objectContaining({ code: 'idempotency-key-invalid', status: 400 }),
    );
  });
});
