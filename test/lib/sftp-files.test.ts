import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RemoteFiles } from '#systems/protocol.ts';
import { file, open, pattern, read } from './sftp-line.ts';

describe('a folder over SFTP', () => {
  it('writes, appends at any byte, renames and removes, and reports absent files', async () => {
    const { use } = await open();
    const bytes = pattern(1_000_003);
    await use(async (files) => {
      expect([
        await files.size('a'),
        await files.read('a'),
        await files.remove('a'),
        await files.rename('a', 'b'),
      ]).toEqual([undefined, undefined, false, false]);
      await files.write('a', [bytes.subarray(0, 500_000)]);
      expect(await files.size('a')).toBe(500_000);
      await files.write('a', [bytes.subarray(400_001, 700_000), bytes.subarray(700_000)], 400_001);
      expect((await read(files, 'a'))?.equals(bytes)).toBe(true);
      await files.write('a', [bytes.subarray(10, 20)], 10);
      expect((await read(files, 'a'))?.equals(bytes.subarray(0, 20))).toBe(true);
      await files.write('empty', []);
      expect([await files.size('empty'), (await read(files, 'empty'))?.length]).toEqual([0, 0]);
      const rest = await files.read('a', 7);
      expect(rest && Buffer.concat(await Array.fromAsync(rest)).equals(bytes.subarray(7, 20))).toBe(true);
      expect([
        await files.rename('a', 'b'),
        await files.size('a'),
        await files.size('b'),
        await files.remove('b'),
      ]).toEqual([true, undefined, 20, true]);
    });
  });

  it('holds only unsent bytes in memory, however large the file', async () => {
    const { use } = await open();
    const block = pattern(64 * 1024);
    let [made, most] = [0, 0];
    await use(async (files) => {
      async function* blocks() {
        for (let at = 0; at < 400; at++) {
          yield block;
          made += block.length;
          // The bytes that were produced and not yet received: the line holds the producer back.
          most = Math.max(most, made - ((await files.size('large')) ?? 0));
        }
      }
      await files.write('large', blocks());
      expect(await files.size('large')).toBe(400 * block.length);
    });
    expect(most).toBeLessThan(1_000_000);
  });

  it('passes on an error of the source unchanged', async () => {
    const { use } = await open();
    async function* broken() {
      yield pattern(100_000);
      throw new RangeError('no more of it');
    }
    await expect(use((files) => files.write('a', broken()))).rejects.toThrow(new RangeError('no more of it'));
  });
});

describe('a failure in the middle of an SFTP session', () => {
  it.each([
    ['write', 'drop-before', 'connection'],
    ['write', 'drop-after', 'connection'],
    ['write', 'full', 'file-refused'],
    ['rename', 'fail', 'file-refused'],
    ['rename', 'refuse', 'file-refused'],
    ['rename', 'drop-before', 'connection'],
    ['rename', 'drop-after', 'connection'],
    ['rename', 'die-after', 'connection'],
    ['rename', 'hang', 'time-limit'],
    ['read', 'drop-before', 'connection'],
    ['read', 'hang', 'time-limit'],
    ['size', 'fail', 'file-refused'],
    ['remove', 'hang', 'time-limit'],
  ])('%s, %s: is an outage (%s), never an answer', async (call, behaviour, reason) => {
    const { use, misbehave } = await open();
    await use((files) => files.write(`${file}.part`, [pattern(100)]));
    await misbehave({ call, behaviour, delayMs: 10_000 });
    const work: Record<string, (files: RemoteFiles) => Promise<unknown>> = {
      write: (files) => files.write(`${file}.part`, [pattern(300_000)]),
      rename: (files) => files.rename(`${file}.part`, `${file}.other`),
      read: (files) => read(files, `${file}.part`),
      size: (files) => files.size(`${file}.part`),
      remove: (files) => files.remove(`${file}.part`),
    };
    const session = use(work[call] as (typeof work)[string], { of: { timeoutMs: 700, calls: {} } });
    await expect(session).rejects.toMatchObject({ name: 'Unreached', reason });
  });

  it('after its time limit sends nothing more, and reports that something was sent', async () => {
    const { use, arrivals } = await open();
    const session = use(
      async (files) => {
        await files.write('a', [pattern(10)]);
        await wait(700);
        await files.rename('a', 'b');
      },
      {},
      { notAfter: Date.now() + 600 },
    );
    await expect(session).rejects.toMatchObject({ reason: 'time-limit' });
    expect(await arrivals()).not.toContain('rename');
  });
});
