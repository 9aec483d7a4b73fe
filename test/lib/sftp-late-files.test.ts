import { describe, expect, it } from 'vitest';
import { open, pattern, read } from './sftp-line.ts';

describe('a file with concurrent writers and readers', () => {
  it('is truncated only by a write that completes, not by one that starts late or breaks off', async () => {
    const { use } = await open();
    const bytes = pattern(300_000);
    await use(async (files) => {
      for (const [sent, from] of [
        [0, 0],
        [100_001, 0],
        [100_001, 50_000],
      ] as const) {
        await files.write('a', [bytes]);
        async function* late() {
          expect(await files.size('a'), 'opened, and nothing sent').toBe(bytes.length);
          yield bytes.subarray(from, from + sent);
          throw new RangeError('its time is over');
        }
        await expect(files.write('a', late(), from)).rejects.toThrow('its time is over');
        expect((await read(files, 'a'))?.equals(bytes)).toBe(true);
      }
      await files.remove('a');
      await expect(files.write('a', late(), 0)).rejects.toThrow('its time is over');
      async function* late() {
        yield bytes.subarray(0, 50_000);
        throw new RangeError('its time is over');
      }
      expect(await files.size('a'), 'all that came is kept').toBe(50_000);
      await files.write('a', [bytes.subarray(0, 10)]);
      expect(await files.size('a')).toBe(10);
    });
  });

  it('is read no further than the reader wants, and the session stays usable', async () => {
    const { use } = await open();
    await use(async (files) => {
      await files.write('a', [pattern(3_000_000)]);
      for await (const piece of (await files.read('a', 1_000)) ?? []) {
        expect(piece[0]).toBe(pattern(1_001)[1_000]);
        break;
      }
      expect(await files.size('a')).toBe(3_000_000);
    });
  });
});
