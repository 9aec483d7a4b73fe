import { expect, it } from 'vitest';
import type { RemoteFiles } from '#systems/protocol.ts';
import { load, scene } from './file-scene.ts';

const megabytes = 200;

/** A folder in which this file has 200 MB of a digit, and how many of them have been read. */
function with200MB(files: RemoteFiles, large: string) {
  const counted = { megabytes: 0 };
  const over: RemoteFiles = {
    ...files,
    async read(path, from) {
      if (path !== large) return files.read(path, from);
      return (async function* () {
        for (; counted.megabytes < megabytes; counted.megabytes++) yield Buffer.alloc(1_048_576, '7');
      })();
    },
  };
  return { over, counted };
}

it('a mark of how far a file was read back that is 200 MB is none of ours: it is not read on, and the file is read back from its begin', async () => {
  const { ask, files, stored } = scene();
  await ask('prepare');
  stored.set(`${load}.seen`, Buffer.from('7'));
  const { over, counted } = with200MB(files, `${load}.seen`);
  const part = stored.get(`${load}.part`) as Buffer;
  stored.set(`${load}.part`, part.subarray(0, part.length - 7));
  expect(await ask('prepare', over)).toMatchObject({ vote: 'yes' });
  expect(counted.megabytes).toBeLessThanOrEqual(1);
  expect(stored.get(`${load}.part`)?.equals(part)).toBe(true);
});

it('an answer of 200 MB is no answer, and is not read on', async () => {
  const { ask, files, stored } = scene();
  await ask('prepare');
  stored.set(`${load}.rsp`, Buffer.from('7'));
  const { over, counted } = with200MB(files, `${load}.rsp`);
  expect(await ask('commit', over)).toEqual({
    vote: 'unknown',
    reason: 'its answer file is too long',
    sent: true,
  });
  expect(counted.megabytes).toBeLessThanOrEqual(1);
});
