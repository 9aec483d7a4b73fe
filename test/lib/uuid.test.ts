import { expect, it } from 'vitest';
import { uuid } from '#lib/http/uuid-field.ts';
import { uuid5, uuid8, uuidOf } from '#lib/uuid.ts';

const plain = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';

it.each([
  plain,
  plain.toUpperCase(),
  plain.replaceAll('-', ''),
  `{${plain}}`,
  `urn:uuid:${plain}`,
  `URN:UUID:${plain.toUpperCase()}`,
  `  ${plain}\n`,
])('%j is the same UUID', (spelling) => {
  expect(uuidOf(spelling)).toBe(plain);
  expect(uuid.parse(spelling)).toBe(plain);
});

it.each([
  '',
  'abc123',
  plain.slice(1),
  `${plain}0`,
  plain.replace('f', 'g'),
  `x${plain}`,
  `${plain} ${plain}`,
  `urn:isbn:${plain}`,
])('%j is not a UUID', (text) => {
  expect(uuidOf(text)).toBeUndefined();
  expect(uuid.safeParse(text)).toMatchObject({
    success: false,
    error: { issues: [{ message: 'A UUID, with or without hyphens.' }] },
  });
});

it('a UUID of version 5 is the published one of RFC 9562 (A.4) and of Python', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  expect(uuid5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  expect(uuid5(dns, 'python.org')).toBe('886313e1-3b8a-5372-9b90-0c9aee199e5d');
});

it('a UUID of version 8 is the same for the same parts, and differs for others', () => {
  const made = uuid8('acme', 'syncs', 'abc123');
  expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuid8('acme', 'syncs', 'abc123')).toBe(made);
  expect(
    new Set([
      made,
      uuid8('acme', 'syncsabc', '123'),
      uuid8('acme', 'syncs', 'abc124'),
      uuid8(['acme', 'syncs'], 'abc123'),
    ]).size,
  ).toBe(4);
});
