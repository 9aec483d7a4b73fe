import { describe, expect, it } from 'vitest';
import { itemsOf, load, scene } from './file-scene.ts';
import { accepted, rejected } from './folder.ts';
import { pausedBefore } from './pausing-session.ts';

/** A printer that has been written a file, and what it has booked so far. */
async function prepared() {
  const s = scene({ items: itemsOf(20) });
  const booked = { LOAD: 0, REVERSAL: 0 };
  s.says.line = (answer) => {
    booked[answer.kind as keyof typeof booked] += 1;
    return accepted(answer);
  };
  await s.ask('prepare');
  const refuse = async () => {
    const line = s.says.line;
    s.says.line = ({ outsideToken, kind }) => rejected(outsideToken, kind, 'declined');
    expect(await s.ask('commit')).toMatchObject({ vote: 'no' });
    s.says.line = line;
  };
  return { ...s, booked, refuse, answer: () => String(s.stored.get(`${load}.rsp`)) };
}
type Prepared = Awaited<ReturnType<typeof prepared>>;

/** Plays one commit, stopped before each of its operations in turn while `meanwhile` happens. */
async function everywhere(
  before: (s: Prepared) => Promise<unknown>,
  meanwhile: (s: Prepared) => Promise<unknown>,
) {
  const outcomes = [];
  for (let step = 1; ; step++) {
    const s = await prepared();
    await before(s);
    const slow = pausedBefore(s.files, step);
    const commit = s.ask('commit', slow.files);
    if (!(await slow.isPaused(commit))) return outcomes;
    await meanwhile(s);
    slow.goOn();
    outcomes.push({ step, s, said: await commit });
  }
}
const halfDayMs = 43_200_000;

describe('two commits of one file at once', () => {
  it.each([
    ['', 0],
    [', the slower half a day later', halfDayMs],
  ])('hand it over once, wherever the slower one stood, and both say yes%s', async (_, laterMs) => {
    const outcomes = await everywhere(
      async () => {},
      async (s) => {
        expect(await s.ask('commit')).toMatchObject({ vote: 'yes' });
        s.pass(laterMs);
      },
    );
    expect(outcomes.length).toBeGreaterThan(8);
    for (const { step, s, said } of outcomes) {
      expect([said, s.booked], `before operation ${step}`).toMatchObject([{ vote: 'yes' }, { LOAD: 1 }]);
      expect([s.answer(), await s.query()]).toEqual([
        expect.stringContaining('ACCEPTED'),
        { stands: 'committed' },
      ]);
    }
  });

  it.each([
    ['', 0],
    [', the slower half a day later', halfDayMs],
  ])('after a refusal leave the acceptance where it is%s', async (_, laterMs) => {
    const outcomes = await everywhere(
      (s) => s.refuse(),
      async (s) => {
        expect(await s.ask('commit')).toMatchObject({ vote: 'yes' });
        s.pass(laterMs);
      },
    );
    expect(outcomes.length).toBeGreaterThan(10);
    for (const { step, s, said } of outcomes) {
      // Whoever finds no file where he has just written one, or no time, knows nothing: he asks again.
      expect(said.vote, `before operation ${step}`).toMatch(/yes|unknown/);
      expect([await s.ask('commit'), s.booked], `before operation ${step}`).toMatchObject([
        { vote: 'yes' },
        { LOAD: 1 },
      ]);
      expect(s.operations.filter((each) => each.includes('.rsp'))).toEqual([]);
      expect([s.answer(), await s.query()]).toEqual([
        expect.stringContaining('ACCEPTED'),
        { stands: 'committed' },
      ]);
      expect([await s.ask('rollback'), s.booked]).toMatchObject([{ vote: 'yes' }, { LOAD: 1, REVERSAL: 1 }]);
    }
  });

  it.each(['first', 'after a refusal'])(
    'and a rollback leave nothing booked, wherever each of them stood: %s',
    async (when) => {
      let played = 0;
      for (let step = 1, isOver = false; !isOver; step++) {
        const back = new Map<Prepared, () => Promise<unknown>>();
        const outcomes = await everywhere(
          async (s) => when === 'first' || s.refuse(),
          async (s) => {
            expect(await s.ask('commit')).toMatchObject({ vote: 'yes' });
            const slow = pausedBefore(s.files, step);
            const rollback = s.ask('rollback', slow.files);
            isOver = !(await slow.isPaused(rollback));
            back.set(s, () => {
              slow.goOn();
              return rollback;
            });
          },
        );
        for (const { s, said } of outcomes) {
          expect(await back.get(s)?.(), `${said.vote}, the rollback before operation ${step}`).toMatchObject({
            vote: 'yes',
          });
          expect(s.booked).toEqual({ LOAD: 1, REVERSAL: 1 });
          played += 1;
        }
      }
      expect(played).toBeGreaterThan(80);
    },
  );
});

it('a refusal beside a file that is theirs is not their last word: whoever died over it looks into it again', async () => {
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

it('a file is dated anew before it is handed over long after it was accepted: the other side refuses what is a day old', async () => {
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

it('a file that is cut while it is handed over is not handed over', async () => {
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
