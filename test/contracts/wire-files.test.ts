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

it('there are systems for files to test', () => expect(rows.length).toBeGreaterThan(0));

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

  it('names the token in every file, and keeps the payload out of answers and logs', async () => {
    const { at, books } = await open();
    const { invoke, log } = at();
    const replies = [];
    for (const call of [...phases, 'query'] as const) replies.push(await invoke(call));
    expect(replies.map(({ said }) => said)).toMatchObject([
      { vote: 'yes' },
      { vote: 'yes' },
      { vote: 'yes' },
      { stands: 'rolled-back' },
    ]);
    const keys = (await books()).arrivals.filter(({ call }) => call !== 'connect').map(({ key }) => key);
    expect([keys.length > 10, new Set(keys)]).toEqual([true, new Set([outsideToken])]);
    expect(log).toMatchObject(
      [...phases, 'query'].map((phase) => ({ system: system.name, phase, ms: expect.any(Number) })),
    );
    expect(JSON.stringify([replies, log])).not.toMatch(/OH|delta_usd/);
  });

  it('writes the same bytes in a repeat, so that the system recognises it', async () => {
    const { at, misbehave, books } = await open();
    const { ask } = at();
    await ask('prepare');
    await misbehave({ call: 'rename', behaviour: 'drop-after' });
    expect([await ask('commit'), await ask('commit')]).toMatchObject([
      { vote: 'unknown', sent: true },
      { vote: 'yes' },
    ]);
    expect((await books()).entries).toMatchObject([{ token: outsideToken, effects: { commit: 1 } }]);
  });

  it('keeps its secrets out of answers and logs, whatever refuses the session', async () => {
    const { at, misbehave } = await open();
    const left = [];
    for (const [secret, key] of [
      [canary, 'SHA256:another'],
      [`${canary}-of-yesterday`, undefined],
    ] as const) {
      const { invoke, log } = at(secret, key);
      left.push(await invoke('prepare'), log);
    }
    await misbehave({ call: 'write', behaviour: 'fail' });
    left.push(await at().invoke('prepare'));
    expect(left).toMatchObject([
      { said: { vote: 'unknown', sent: false } },
      {},
      { said: { vote: 'unknown', sent: false } },
      {},
      { said: { vote: 'unknown', sent: true } },
    ]);
    expect(JSON.stringify(left)).not.toContain(canary);
  });

  it('is unknown when a handed-over file vanishes, and can still be rolled back', async () => {
    const { at, misbehave, books } = await open();
    const { ask } = at();
    await ask('prepare');
    await misbehave({ call: 'rename', behaviour: 'lose' });
    expect([await ask('commit'), await ask('query'), await ask('commit')]).toEqual([
      { vote: 'ongoing' },
      { stands: 'absent' },
      { vote: 'unknown', reason: 'neither its file nor an answer is there', sent: true },
    ]);
    expect(await ask('rollback')).toMatchObject({ vote: 'no', absent: true });
    expect((await books()).entries).toMatchObject([{ state: 'rolled-back', effects: { commit: 0 } }]);
  });

  it('has one effect when the file is processed twice or the answer comes late', async () => {
    for (const behaviour of ['repeat', 'slow']) {
      const { at, misbehave, books } = await open();
      const { ask } = at();
      await ask('prepare');
      await misbehave({ call: 'process', behaviour, delayMs: 300 });
      expect([await ask('commit'), await ask('commit')]).toMatchObject([{ vote: 'yes' }, { vote: 'yes' }]);
      expect((await books()).entries).toMatchObject([
        { token: outsideToken, effects: { commit: 1, rollback: 0 } },
      ]);
    }
  });
});
