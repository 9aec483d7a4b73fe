import { describe, expect, it } from 'vitest';
import { readReason } from '#cli/reason.ts';

describe('the reason of an operator on the command line', () => {
  it('is one line of text', () => expect(readReason(' the vendor is back ')).toBe('the vendor is back'));

  it.each(['', '  ', 'a\nb', 'a\u001b[2J', 'x'.repeat(301)])(
    'is refused as the API refuses it: %j',
    (typed) => {
      expect(() => readReason(typed)).toThrow();
    },
  );
});
