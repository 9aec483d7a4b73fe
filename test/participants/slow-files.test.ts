import { describe, expect, it } from 'vitest';
import type { RemoteFiles, Vote } from '#systems/protocol.ts';
import { itemsOf, load, scene } from './file-scene.ts';
import { pausedBefore } from './pausing-session.ts';

const pieceBytes = 32_768;

/** A line on which each piece takes `pieceMs`, and which is cut when the time is over. */
function slowly(s: ReturnType<typeof scene>, pieceMs: number, budgetMs: number): RemoteFiles {
  const notAfter = s.now() + budgetMs;
  const passing = () => {
    s.pass(pieceMs);
    if (s.now() >= notAfter) throw new Error('time-limit');
  };
  async function* pieces(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    for await (const chunk of bytes)
      for (let at = 0; at < chunk.length; at += pieceBytes) {
        passing();
        yield chunk.subarray(at, at + pieceBytes);
      }
  }
  return {
    ...s.files,
    async read(path, from) {
      const found = await s.files.read(path, from);
      return found && pieces(found);
    },
    write: (path, bytes, from) => s.files.write(path, pieces(bytes), from),
  };
}

async function prepareCalls(s: ReturnType<typeof scene>, pieceMs: number): Promise<Vote[]> {
  const said: Vote[] = [];
  do said.push(await s.ask('prepare', slowly(s, pieceMs, 5_000)));
  while (said.at(-1)?.vote === 'ongoing' && said.length < 40);
  return said;
}

describe('a file that is read back', () => {
  it('over a slow line is read in several calls, each from where the last one stopped', async () => {
    const s = scene({ items: itemsOf(12_000) });
    const said = await prepareCalls(s, 400);
    expect(said.slice(0, -1).every((vote) => vote.vote === 'ongoing' && vote.more)).toBe(true);
    expect([said.length > 5, said.at(-1)]).toMatchObject([true, { vote: 'yes' }]);
    expect(s.names()).toEqual([`${load}.part`]);
  });

  it('and differs in a later call is rewritten from the first wrong record only', async () => {
    const s = scene({ items: itemsOf(12_000) });
    await s.ask('prepare');
    const bent = Buffer.from(s.stored.get(`${load}.part`) as Buffer);
    bent[700_000] = (bent[700_000] ?? 0) ^ 1;
    s.stored.set(`${load}.part`, bent);
    const said = await prepareCalls(s, 400);
    expect([said.length > 2, said.at(-1)]).toMatchObject([true, { vote: 'unknown', sent: true }]);
    expect(s.stored.get(`${load}.part`)?.length).toBeGreaterThan(600_000);
    expect((await prepareCalls(s, 400)).at(-1)).toMatchObject({ vote: 'yes' });
    expect((await s.decoded(`${load}.part`)).totals).toEqual({
      count: 12_000,
      amount_minor: s.batch.amount_minor,
    });
  });

  it('over a line without progress is unknown, instead of continued for ever', async () => {
    const s = scene({ items: itemsOf(12_000) });
    await s.ask('prepare');
    expect(await prepareCalls(s, 4_500)).toEqual([
      { vote: 'unknown', reason: 'there was no time to write or read any of it', sent: true },
    ]);
  });
});

describe('a late writer of a file', () => {
  it('truncates nothing that another process has verified', async () => {
    const s = scene({ items: itemsOf(3_000) });
    await s.ask('prepare');
    const whole = s.stored.get(`${load}.part`) as Buffer;
    for (const left of [0, 81 * 1_000]) {
      s.stored.set(`${load}.part`, whole.subarray(0, left));
      let passed = false;
      const late: RemoteFiles = {
        ...s.files,
        async write(path, bytes, from) {
          if (!passed) expect(await s.ask('prepare')).toMatchObject({ vote: 'yes' });
          passed = true;
          s.pass(5_000);
          return s.files.write(path, bytes, from);
        },
      };
      expect(await s.ask('prepare', late)).not.toMatchObject({ vote: 'yes' });
      expect(s.stored.get(`${load}.part`)?.equals(whole), `from byte ${left}`).toBe(true);
    }
  });

  it('after the commit leaves only a file that is never read', async () => {
    for (let step = 1; ; step++) {
      const s = scene({ items: itemsOf(20) });
      const late = pausedBefore(s.files, step);
      const prepare = s.ask('prepare', late.files);
      if (!(await late.isPaused(prepare))) break;
      expect([await s.ask('prepare'), await s.ask('commit')]).toMatchObject([
        { vote: 'yes' },
        { vote: 'yes' },
      ]);
      late.goOn();
      await prepare;
      expect([await s.ask('commit'), await s.query()]).toMatchObject([
        { vote: 'yes' },
        { stands: 'committed' },
      ]);
      expect([await s.ask('rollback'), await s.query()]).toMatchObject([
        { vote: 'yes' },
        { stands: 'rolled-back' },
      ]);
      expect(s.operations.filter((each) => each.startsWith('rename'))).toHaveLength(2);
    }
  });
});

it('a file whose header cannot hold a payload value is refused, and the field is named', async () => {
  const s = scene({ state: 'Zoë😀' });
  expect([await s.ask('prepare'), s.names()]).toEqual([
    { vote: 'no', reason: 'cannot be written: state: character' },
    [],
  ]);
});
