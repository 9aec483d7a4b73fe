import { expect, it } from 'vitest';
import { load } from './file-scene.ts';
import { rejected } from './folder.ts';
import { pausedBefore } from './pausing-session.ts';
import { prepared } from './prepared-file.ts';

it('a refusal beside a file that was transferred again is not the answer to the second transfer', async () => {
  const s = await prepared();
  await s.refuse();
  s.says.line = () => undefined;
  expect([await s.ask('commit'), await s.ask('commit'), await s.query()]).toEqual([
    { vote: 'ongoing' },
    { vote: 'ongoing' },
    { stands: 'ongoing' },
  ]);
  expect([s.names(), s.answer()]).toEqual([
    [`${load}.dat`, `${load}.rsp`],
    expect.stringContaining('REJECTED'),
  ]);
  expect(await s.ask('rollback')).toEqual({ vote: 'ongoing' });
});

it('a file is dated again before a late transfer, because the system refuses files of a day ago', async () => {
  const s = await prepared();
  s.pass(30 * 3_600_000);
  s.says.line = () => undefined;
  expect(await s.ask('commit')).toEqual({ vote: 'ongoing' });
  expect((await s.decoded(`${load}.dat`)).header).toMatchObject({
    kind: 'LOAD',
    created: '20270116T080000Z',
  });
  s.says.line = ({ outsideToken, kind }) => rejected(outsideToken, kind, 'stale');
  await s.take(`${load}.dat`);
  expect(await s.query()).toEqual({ stands: 'absent' });
  s.pass(12 * 3_600_000);
  s.says.line = () => undefined;
  expect(await s.ask('commit')).toEqual({ vote: 'ongoing' });
  expect((await s.decoded(`${load}.dat`)).header).toMatchObject({
    kind: 'LOAD',
    created: '20270116T200000Z',
  });
});

it('a file that is cut during its transfer is not transferred', async () => {
  const s = await prepared();
  const whole = s.stored.get(`${load}.part`) as Buffer;
  const slow = pausedBefore(s.files, 6);
  const commit = s.ask('commit', slow.files);
  await slow.isPaused(commit);
  s.stored.set(`${load}.part`, whole.subarray(0, 500));
  slow.goOn();
  expect([await commit, s.booked.LOAD]).toEqual([
    { vote: 'unknown', reason: 'its file is not what it was a moment ago', sent: true },
    0,
  ]);
  expect([await s.ask('commit'), s.booked.LOAD]).toMatchObject([{ vote: 'yes' }, 1]);
});
