import { describe, expect, it } from 'vitest';
import { preferredType } from '#lib/http/accept.ts';
import { preferredWait } from '#lib/http/prefer.ts';

describe('Prefer: wait', () => {
  it.each([
    ['wait=10', 10],
    ['WAIT=10', 10],
    ['respond-async, wait=5', 5],
    ['wait="7"; x=1', 7],
    ['foo; bar="a, wait=3", wait = 4', 4],
    ['wait=1, wait=2', 1],
    ['wait=0', 0],
  ])('is read from %o', (header, seconds) => expect(preferredWait(header)).toBe(seconds));

  it.each([
    undefined,
    '',
    'wait',
    'wait=',
    'wait=soon',
    'wait=-1',
    'wait=1.5',
    'waiting=3',
    'x-wait=3',
    '"wait=3"',
    'wait=soon, wait=2',
  ])('that is unreadable is ignored (%o)', (header) => expect(preferredWait(header)).toBeUndefined());

  it('is parsed in linear time', () => {
    for (const hostile of [
      '"'.repeat(100_000),
      ','.repeat(100_000),
      '\\"'.repeat(50_000),
      `wait${' '.repeat(100_000)}=1`,
    ])
      expect(preferredWait(hostile)).toBeUndefined();
  });
});

describe('Accept', () => {
  const offered = ['application/json', 'application/x-ndjson', 'application/jsonl'] as const;

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/*', 'application/json'],
    ['application/x-ndjson', 'application/x-ndjson'],
    ['Application/JSONL', 'application/jsonl'],
    ['application/x-ndjson, */*', 'application/x-ndjson'],
    ['application/json;q=0.5, application/jsonl', 'application/jsonl'],
    ['application/jsonl;q=0.1, application/*;q=0.2', 'application/json'],
    ['application/json;q=0, */*', 'application/x-ndjson'],
    ['text/html', 'application/json'],
    ['nonsense;;q=x', 'application/json'],
  ] as const)('%o is answered with %s', (accept, type) => expect(preferredType(accept, offered)).toBe(type));
});
