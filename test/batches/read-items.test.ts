import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begun, mostBytes, mostLineBytes, readItems } from '#domain/syncs/batches/read-items.ts';

async function* cut(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
/** Reads items from pieces of `size` bytes, and detects gzip. */
async function read(text: string | Uint8Array, { size = 7, from = 0 } = {}) {
  const { gzip, bytes } = await begun(cut(Buffer.from(text as string), size));
  const items: unknown[] = [];
  for await (const item of readItems(bytes, { gzip, from })) items.push(item);
  return items;
}
const wrong = (text: string | Uint8Array, how: { size?: number; from?: number } = {}) =>
  read(text, how).then(
    () => undefined,
    ({ name, message, index }) => `${name} ${index}: ${message}`,
  );

describe('reading the items of a batch', () => {
  it('gives the value of each line, wherever the bytes are cut, with gzip or without', async () => {
    const items = fc.array(fc.oneof(fc.object({ maxDepth: 1 }), fc.string()), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 50 }), fc.boolean(), async (list, size, packed) => {
        const text = list.map((item) => JSON.stringify(item)).join('\n');
        const expected = list.map((item) => JSON.parse(JSON.stringify(item)));
        expect(await read(packed ? gzipSync(text) : text, { size })).toEqual(expected);
      }),
    );
  });

  it('allows a final line break or none, Windows line breaks, and a byte order mark', async () => {
    for (const text of ['1\n2', '1\n2\n', '1\r\n2\r\n', '\uFEFF1\n2\n', '1\n2\n\n', '1\n2\n  \r\n'])
      expect(await read(text), JSON.stringify(text)).toEqual([1, 2]);
    for (const nothing of ['', '\n', '\uFEFF']) expect(await read(nothing)).toEqual([]);
  });

  it('starts at a given index, without parsing the lines before it', async () => {
    expect(await read('1\nno JSON\n3\n4\n', { from: 2 })).toEqual([3, 4]);
    expect(await read('1\n', { from: 5 })).toEqual([]);
  });
});

describe('reading refuses', () => {
  it.each([
    ['1\nno JSON\n', 'Unreadable 1: Line 2 is not JSON.'],
    ['1\n\n3\n', 'Unreadable 1: Line 2 is empty.'],
    ['1 2\n', 'Unreadable 0: Line 1 is not JSON.'],
    ['[1,\n2]\n', 'Unreadable 0: Line 1 is not JSON.'],
    ['{"a":1}\n{"a":', 'Unreadable 1: Line 2 is not JSON.'],
    ['1\n\uFEFF2\n', 'Unreadable 1: Line 2 is not JSON.'],
    ['1\n{"a":1,"a":1}\n', 'Unreadable 1: Line 2, column 8: is given more than once.'],
    [
      '{"a": [1.00000000000000000001]}\n',
      'Unreadable 0: Line 1, column 8: is a number that cannot be kept exactly.',
    ],
    ['"\\ud83d"\n', 'Unreadable 0: Line 1, column 1: has half of a surrogate pair, which is no character.'],
  ])('%j', async (text, message) => {
    expect(await wrong(text)).toBe(message);
  });

  it('a line that is not UTF-8', async () => {
    expect(await wrong(Buffer.from([0x31, 0x0a, 0x22, 0xff, 0x22, 0x0a]))).toBe(
      'Unreadable 1: Line 2 is not UTF-8.',
    );
    expect(await wrong(Buffer.from([0x22, 0xc3, 0x22, 0x0a]))).toBe('Unreadable 0: Line 1 is not UTF-8.');
  });

  it('a line of more than 64 KiB, however its bytes arrive', async () => {
    const line = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;
    expect(await read(`1\n${line(mostLineBytes)}\n2`, { size: 50_000 })).toHaveLength(3);
    for (const size of [1_000, 200_000]) {
      expect(await wrong(`1\n${line(mostLineBytes + 1)}\n2`, { size })).toBe(
        'Unreadable 1: Line 2 has more than 65536 bytes.',
      );
      expect(await wrong(line(mostLineBytes + 1), { size })).toBe(
        'Unreadable 0: Line 1 has more than 65536 bytes.',
      );
    }
  });

  it('a gzip that is cut off, or damaged in the middle', async () => {
    const packed = gzipSync(
      Array.from({ length: 5_000 }, (_, i) => `"${i}-${Math.imul(i, 2_654_435_761)}"\n`).join(''),
    );
    expect(await wrong(packed.subarray(0, packed.length - 5), { size: 1_000 })).toBe(
      'Unreadable undefined: Its gzip is broken, or ends too early.',
    );
    const broken = Buffer.from(packed);
    broken.writeUInt8(broken.readUInt8(1_500) ^ 0xff, 1_500);
    expect(await wrong(broken, { size: 1_000 })).toMatch(/^Unreadable/);
    expect(await wrong(Buffer.of(0x1f, 0x8b))).toBe(
      'Unreadable undefined: Its gzip is broken, or ends too early.',
    );
  });

  it('a gzip bomb, without unpacking more than the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(mostBytes + 1, `${'1'.padStart(60_000)}\n`));
    expect(bomb.length).toBeLessThan(mostBytes / 100);
    expect(await wrong(bomb, { size: 65_536 })).toBe(
      'Unreadable undefined: More than 268435456 bytes, unpacked.',
    );
    expect(await wrong(gzipSync(Buffer.alloc(100_000_000)), { size: 65_536 })).toBe(
      'Unreadable 0: Line 1 has more than 65536 bytes.',
    );
  }, 60_000);

  it('a batch and closes its source', async () => {
    let closed = false;
    async function* source() {
      try {
        for (;;) yield Buffer.from('no JSON\n');
      } finally {
        closed = true;
      }
    }
    const { gzip, bytes } = await begun(source());
    await expect(readItems(bytes, { gzip }).next()).rejects.toThrow('Line 1');
    expect(closed).toBe(true);
  });

  it('no batch because of a broken connection: that error is thrown unchanged', async () => {
    async function* source() {
      yield gzipSync('1\n').subarray(0, 12);
      throw new Error('the connection broke');
    }
    const { gzip, bytes } = await begun(source());
    await expect(readItems(bytes, { gzip }).next()).rejects.toThrow('the connection broke');
  });
});
