import { describe, expect, it, onTestFinished } from 'vitest';
import { serveMainframe } from '#examples/systems/mainframe/mainframe.ts';
import { systemClock } from '#lib/clock.ts';
import type { Manifest } from '#systems/manifest.ts';
import { phases } from '#systems/protocol.ts';
import { talk } from '#test/systems/partner-client.ts';
import { adapters, canary, outsideToken, participantAt, participants } from './participants.ts';

const rows = adapters.flatMap(([name, adapter]) =>
  participants
    .filter((system) => system.adapter === name && system.file)
    .map((system) => [system.name, adapter, system] as const),
);

it('sees systems to judge', () => expect(rows.length).toBeGreaterThan(0));

describe.each(rows)('%s', (_, adapter, system) => {
  const { layout } = system.file as NonNullable<Manifest['file']>;
  async function open() {
    const { url, sftp, hostKey, close } = await serveMainframe({
      clock: systemClock,
      layout,
      password: canary,
      user: system.file?.user ?? 'lockstep',
    });
    onTestFinished(close);
    return {
      at: (secret = canary, key = hostKey) =>
        participantAt({ adapter, system, url: sftp, secret, hostKey: key }),
      ...talk(url),
    };
  }

  it('names the token in every file, and leaves nothing of the payload behind in what it says', async () => {
    const { at, books } = await open();
    const { hear, told } = at();
    const heard = [];
    for (const call of [...phases, 'query'] as const) heard.push(await hear(call));
    expect(heard.map(({ said }) => said)).toMatchObject([
      { vote: 'yes' },
      { vote: 'yes' },
      { vote: 'yes' },
      { stands: 'rolled-back' },
    ]);
    const keys = (await books()).arrivals.filter(({ call }) => call !== 'connect').map(({ key }) => key);
    expect([keys.length > 10, new Set(keys)]).toEqual([true, new Set([outsideToken])]);
    expect(told).toMatchObject(
      [...phases, 'query'].map((phase) => ({ system: system.name, phase, ms: expect.any(Number) })),
    );
    expect(JSON.stringify([heard, told])).not.toMatch(/OH|delta_usd/);
  });

  it('writes the same bytes in a repeat, so that its partner can tell one', async () => {
    const { at, told, books } = await open();
    const { ask } = at();
    await ask('prepare');
    await told({ call: 'rename', behaviour: 'drop-after' });
    expect([await ask('commit'), await ask('commit')]).toMatchObject([
      { vote: 'unknown', sent: true },
      { vote: 'yes' },
    ]);
    expect((await books()).entries).toMatchObject([{ token: outsideToken, effects: { commit: 1 } }]);
  });

  it('shows its secrets to nobody, whoever turns it away', async () => {
    const { at, told } = await open();
    const left = [];
    for (const [secret, key] of [
      [canary, 'SHA256:another'],
      [`${canary}-of-yesterday`, undefined],
    ] as const) {
      const { hear, told } = at(secret, key);
      left.push(await hear('prepare'), told);
    }
    await told({ call: 'write', behaviour: 'fail' });
    left.push(await at().hear('prepare'));
    expect(left).toMatchObject([
      { said: { vote: 'unknown', sent: false } },
      {},
      { said: { vote: 'unknown', sent: false } },
      {},
      { said: { vote: 'unknown', sent: true } },
    ]);
    expect(JSON.stringify(left)).not.toContain(canary);
  });

  it('does not guess what has become of a file that was lost after it was handed over, and can take it back', async () => {
    const { at, told, books } = await open();
    const { ask } = at();
    await ask('prepare');
    await told({ call: 'rename', behaviour: 'lose' });
    expect([await ask('commit'), await ask('query'), await ask('commit')]).toEqual([
      { vote: 'ongoing' },
      { stands: 'absent' },
      { vote: 'unknown', reason: 'neither its file nor an answer is in the folder', sent: true },
    ]);
    expect(await ask('rollback')).toMatchObject({ vote: 'no', absent: true });
    expect((await books()).entries).toMatchObject([{ state: 'rolled-back', effects: { commit: 0 } }]);
  });

  it('has done it once where the file was taken twice, and where their answer came late', async () => {
    for (const behaviour of ['repeat', 'slow']) {
      const { at, told, books } = await open();
      const { ask } = at();
      await ask('prepare');
      await told({ call: 'process', behaviour, delayMs: 300 });
      expect([await ask('commit'), await ask('commit')]).toMatchObject([{ vote: 'yes' }, { vote: 'yes' }]);
      expect((await books()).entries).toMatchObject([
        { token: outsideToken, effects: { commit: 1, rollback: 0 } },
      ]);
    }
  });
});
