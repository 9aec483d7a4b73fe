import { describe, expect, it } from 'vitest';
import { charsets } from '#lib/fixed-width/charset.ts';
import { decodeFile } from '#lib/fixed-width/file.ts';
import { more, verdictOn, whole } from './files-to-damage.ts';
import { layoutWith } from './layouts.ts';

describe.each([
  { encoding: 'cp037', newline: false },
  { encoding: 'cp037', newline: true },
  { encoding: 'ascii', newline: false },
  { encoding: 'ascii', newline: true },
] as const)('a damaged file: $encoding, newline: $newline', async (form) => {
  const layout = layoutWith({ ...form, more: [...more] });
  const file = await whole(layout);
  const length = file.length / 5;
  const record = (at: number) => file.subarray(at * length, (at + 1) * length);
  const joined = (...parts: Uint8Array[]) => verdictOn(layout, Buffer.concat(parts));
  const [header, first, second, third, trailer] = [0, 1, 2, 3, 4].map(record) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];

  it('is accepted while it is intact, however its bytes are split', async () => {
    expect(await verdictOn(layout, file)).toBe('accepted');
    const seen: unknown[] = [];
    const bytewise = async function* () {
      for (const byte of file) yield Uint8Array.of(byte);
    };
    const answered = await decodeFile(layout, bytewise(), ({ id }, at) => seen.push(`${at}: ${id}`));
    expect([answered.totals, seen]).toEqual([{ count: 3, amount_minor: 0 }, ['0: a1', '1: a2', '2: a3']]);
  });

  it('is refused when it is cut off at any byte', async () => {
    const codes = new Set<string>();
    for (let end = 0; end < file.length; end += 1)
      codes.add((await verdictOn(layout, file.subarray(0, end))).split(' ')[0]!);
    expect([...codes].sort()).toEqual(['no-header', 'no-trailer', 'short']);
  });

  it('is refused with one byte missing or doubled, anywhere', async () => {
    for (let at = 0; at < file.length; at += 1) {
      const [before, behind] = [file.subarray(0, at), file.subarray(at)];
      expect(await joined(before, behind.subarray(1)), `without byte ${at}`).not.toBe('accepted');
      expect(await joined(before, file.subarray(at, at + 1), behind), `byte ${at} twice`).not.toBe(
        'accepted',
      );
    }
    expect(await joined(file, Buffer.of(0))).toBe('behind-trailer 6');
  });

  it('is refused when a field is missing', async () => {
    let at = length;
    for (const { width } of layout.record) {
      expect(await joined(file.subarray(0, at), file.subarray(at + width)), `at ${at}`).not.toBe('accepted');
      at += width;
    }
  });

  it('is refused with any wrong sign nibble in an amount', async () => {
    const sign = 1 + 32 + 6 - 1;
    for (const [at, due] of [first, second, third].map(
      (bytes, index) => [length * (index + 1) + sign, bytes[sign]! & 0xf] as const,
    ))
      for (let nibble = 0; nibble < 16; nibble += 1) {
        const other = Buffer.from(file);
        other[at] = (other[at]! & 0xf0) | nibble;
        if (nibble !== due)
          expect(await verdictOn(layout, other), `byte ${at}, nibble ${nibble}`).toMatch(
            /^(sign|sum) amount_minor/,
          );
      }
  });

  it('is refused when it, one of its records, or one text is in the other encoding', async () => {
    const other = layoutWith({
      ...form,
      encoding: form.encoding === 'ascii' ? 'cp037' : 'ascii',
      more: [...more],
    });
    const others = await whole(other);
    expect(await verdictOn(layout, others)).toBe('encoding type 1');
    for (let at = 0; at < 5; at += 1) {
      const mixed = Buffer.from(file);
      others.copy(mixed, at * length, at * length, (at + 1) * length);
      expect(await verdictOn(layout, mixed)).toBe(`encoding type ${at + 1}`);
    }
    for (const [name, from, width] of [
      ['id', 1, 32],
      ['payee', 39, 10],
      ['fee', 49, 4],
      ['branch', 53, 5],
    ] as const) {
      const mixed = Buffer.from(file);
      others.copy(mixed, length + from, length + from, length + from + width);
      expect(await verdictOn(layout, mixed)).toBe(`encoding ${name} 2`);
    }
  });

  it('is refused with missing, repeated or misplaced records, and with wrong totals', async () => {
    expect(await joined(header, first, second, trailer)).toBe('count count 4');
    expect(await joined(header, first, second, third, third, trailer)).toBe('count count 6');
    expect(await verdictOn(layout, await whole(layout, { count: 2 }))).toBe('count count 5');
    expect(await verdictOn(layout, await whole(layout, { amount_minor: 1 }))).toBe('sum amount_minor 5');
    expect(await joined(file, trailer)).toBe('second-trailer 6');
    expect(await joined(file, first)).toBe('behind-trailer 6');
    expect(await joined(file, file)).toBe('behind-trailer 6');
    expect(await joined(header, first, second, third)).toBe('no-trailer 4');
    expect(await joined(header, header, first, second, third, trailer)).toBe('second-header 2');
    expect(await joined(first, second, third, trailer)).toBe('no-header 1');
    expect(await joined(trailer)).toBe('no-header 1');
    expect(await joined()).toBe('no-header');
    const strange = Buffer.from(first);
    strange[0] = charsets[form.encoding].byte('X')!;
    expect(await joined(header, strange, second, third, trailer)).toBe('record-type type 2');
  });

  it('is refused when a byte is flipped, except in free fields', async () => {
    // Texts may hold anything, and so may numbers that are not part of a sum.
    const free = new Set(['id', 'payee', 'fee', 'branch', 'kind', 'token', 'sequence', 'created']);
    let at = 0;
    for (const kind of ['header', 'record', 'record', 'record', 'trailer'] as const) {
      const line = form.newline ? [{ name: 'newline', width: 1 }] : [];
      for (const { name, width } of [...layout[kind], ...line])
        for (const end = at + width; at < end; at += 1) {
          const other = Buffer.from(file);
          other[at] = other[at]! ^ 0x01;
          if (!free.has(name))
            expect(await verdictOn(layout, other), `byte ${at}: ${name}`).not.toBe('accepted');
        }
    }
    expect(at).toBe(file.length);
  });
});
