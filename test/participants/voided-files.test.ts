import { describe, expect, it } from 'vitest';
import { load, scene } from './file-scene.ts';

describe('the rollback of a file', () => {
  it('before its prepare leaves a tombstone that refuses the late original', async () => {
    const s = scene();
    expect(await s.ask('rollback')).toEqual({ vote: 'no', reason: 'never heard of it', absent: true });
    expect(s.names()).toEqual([`${load}.void`]);
    expect(await s.query()).toEqual({ stands: 'rolled-back' });
    for (const phase of ['prepare', 'commit'] as const)
      expect(await s.ask(phase)).toEqual({ vote: 'no', reason: 'rolled-back' });
    expect(s.names()).toEqual([`${load}.void`]);
  });

  it('before its transfer removes the file, whole or half', async () => {
    const s = scene();
    await s.ask('prepare');
    expect([await s.ask('rollback'), s.names()]).toEqual([{ vote: 'yes' }, [`${load}.void`]]);
    expect(s.operations.slice(-3)).toEqual([
      `write ${load}.void 0`,
      `remove ${load}.part`,
      `remove ${load}.seen`,
    ]);
  });

  it('during its transfer is a refusal by the system, or a reversal', async () => {
    const s = scene();
    await s.ask('prepare');
    s.stored.set(`${load}.void`, Buffer.alloc(0));
    await s.files.rename(`${load}.part`, `${load}.dat`);
    expect([await s.ask('rollback'), await s.query()]).toEqual([{ vote: 'yes' }, { stands: 'rolled-back' }]);
    expect(await s.ask('commit')).toEqual({ vote: 'no', reason: 'rolled-back' });
  });

  it('during its writing leaves no file', async () => {
    const s = scene();
    const read = s.files.read;
    s.files.read = async (path) => {
      if (path.endsWith('.part')) s.stored.set(`${load}.void`, Buffer.alloc(0));
      return read(path);
    };
    expect([await s.ask('prepare'), s.names()]).toEqual([
      { vote: 'no', reason: 'rolled-back' },
      [`${load}.void`],
    ]);
  });
});
