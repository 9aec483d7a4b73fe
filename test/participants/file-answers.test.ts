import { describe, expect, it } from 'vitest';
import { hex, load, scene } from './file-scene.ts';
import { accepted, rejected } from './folder.ts';

describe('the answer file beside a transferred file', () => {
  const says = (line: string) => async (phase: 'commit' | 'query') => {
    const s = scene();
    await s.ask('prepare');
    s.says.line = () => undefined;
    await s.ask('commit');
    s.stored.set(`${load}.rsp`, Buffer.from(line));
    return phase === 'commit' ? s.ask('commit') : s.query();
  };

  it('that has not come yet makes the vote ongoing, and is looked for again', async () => {
    const s = scene();
    await s.ask('prepare');
    s.says.line = () => undefined;
    expect(await s.ask('commit')).toEqual({ vote: 'ongoing' });
    expect(await s.query()).toEqual({ stands: 'ongoing' });
    expect(await s.ask('commit')).toEqual({ vote: 'ongoing' });
    expect(await s.ask('rollback')).toEqual({ vote: 'ongoing' });
    s.says.line = accepted;
    s.stored.delete(`${load}.void`);
    await s.take(`${load}.dat`);
    expect(await s.ask('commit')).toMatchObject({ vote: 'yes' });
  });

  it.each([
    ['is cut off', `token=${hex} kind=LOAD status=ACCEPTED count=1000 amount_minor=42`],
    ['is about another token', rejected('0'.repeat(32), 'LOAD', 'declined')],
    ['is about another kind of file', rejected(hex, 'REVERSAL', 'declined')],
    [
      'is about another sequence',
      `token=${hex} kind=LOAD status=ACCEPTED count=1000 amount_minor=42 sequence=1\n`,
    ],
    [
      'says other totals',
      `token=${hex} kind=LOAD status=ACCEPTED count=999 amount_minor=42 sequence=1799999200000${'7'}\n`,
    ],
    ['is a page of HTML', '<!doctype html><title>Welcome</title>\n'],
    ['is empty', ''],
    ['has no end', 'x'.repeat(100_000)],
    ['has an unknown status', `token=${hex} kind=LOAD status=MAYBE count=1 amount_minor=1\n`],
  ])('that %s makes the vote unknown', async (_, line) => {
    expect(await says(line)('commit')).toMatchObject({ vote: 'unknown', sent: true });
    expect(await says(line)('query')).toMatchObject({ stands: 'unknown' });
  });

  it('with totals other than the file’s makes the vote unknown', async () => {
    const s = scene();
    await s.ask('prepare');
    s.says.line = (answer) => accepted({ ...answer, count: 999 });
    expect(await s.ask('commit')).toEqual({ vote: 'unknown', reason: 'says other totals', sent: true });
    expect(await s.query()).toMatchObject({ stands: 'unknown' });
    expect(await s.ask('rollback')).toMatchObject({ vote: 'unknown' });
  });

  it('that refuses is a no with reason and item, and the next attempt transfers the file again', async () => {
    const s = scene();
    await s.ask('prepare');
    s.says.line = ({ outsideToken, kind }) => rejected(outsideToken, kind, 'duplicate-item', 'pay-7');
    const no = { vote: 'no', reason: 'duplicate-item', items: [{ id: 'pay-7', reason: 'duplicate-item' }] };
    expect([await s.ask('commit'), await s.query(), await s.ask('commit')]).toEqual([
      no,
      { stands: 'absent' },
      no,
    ]);
    expect(await s.ask('prepare')).toEqual(no);
    s.says.line = accepted;
    expect(await s.ask('commit')).toMatchObject({ vote: 'yes' });
  });

  it('may refuse a reversal; not-found for an accepted file is unknown', async () => {
    const s = scene();
    await s.ask('prepare');
    await s.ask('commit');
    s.says.line = ({ outsideToken, kind }) => rejected(outsideToken, kind, 'declined');
    expect([await s.ask('rollback'), await s.query()]).toEqual([
      { vote: 'no', reason: 'declined' },
      { stands: 'committed' },
    ]);
    s.says.line = ({ outsideToken, kind }) => rejected(outsideToken, kind, 'not-found');
    expect(await s.ask('rollback')).toEqual({
      vote: 'unknown',
      reason: 'cannot find what it has accepted',
      sent: true,
    });
    s.says.line = accepted;
    expect([await s.ask('rollback'), await s.query()]).toMatchObject([
      { vote: 'yes' },
      { stands: 'rolled-back' },
    ]);
  });
});
