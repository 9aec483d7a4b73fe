import { describe, expect, it } from 'vitest';
import { type Part, resumed } from '#lib/resumed.ts';

const bytes = Buffer.from('0123456789');
const stopped: number[] = [];
/** The rest of an object from an offset: `comes` bytes, and then an end, an error or silence. */
function part(from: number, comes: number, then: 'end' | 'error' | 'silence' = 'end'): Part {
  async function* body() {
    yield bytes.subarray(from, from + comes);
    if (then === 'error') throw new Error('broken');
    if (then === 'silence') await new Promise(() => {});
  }
  return { bytes: bytes.length - from, body: body(), stop: () => void stopped.push(from) };
}
const read = async (first: Part, from: (offset: number) => Part | undefined) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of resumed(first, async (offset) => from(offset), 30)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

describe('a resumed read', () => {
  it.each(['end', 'error', 'silence'] as const)('continues after an early %s', async (then) => {
    expect(await read(part(0, 3, then), (offset) => part(offset, 4, offset === 3 ? then : 'end'))).toBe(
      '0123456789',
    );
  });

  it('closes every connection, also when the reader stops', async () => {
    stopped.length = 0;
    await read(part(0, 3), (offset) => part(offset, 10));
    for await (const _ of resumed(part(0, 3, 'silence'), async () => undefined)) break;
    expect(stopped).toEqual([0, 3, 0]);
  });

  it('throws when the object ends too early three times at one offset, or is gone', async () => {
    const asked: number[] = [];
    const again = (offset: number) => {
      asked.push(offset);
      return part(10, 0);
    };
    await expect(read(part(0, 3), again)).rejects.toThrow('ends before its end');
    expect(asked).toEqual([3, 3]);
    await expect(read(part(0, 3, 'error'), () => undefined)).rejects.toThrow();
  });
});
