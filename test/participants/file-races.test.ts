import { describe, expect, it } from 'vitest';
import { pausedBefore } from './pausing-session.ts';
import { prepared } from './prepared-file.ts';

type Prepared = Awaited<ReturnType<typeof prepared>>;

/** Plays one commit, paused before each of its operations in turn while `meanwhile` runs. */
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

describe('two concurrent commits of one file', () => {
  it.each([
    ['', 0],
    [', the slower half a day later', halfDayMs],
  ])(
    'transfer it once, whichever operation the slower one stopped at, and both are a yes%s',
    async (_, laterMs) => {
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
    },
  );

  it.each([
    ['', 0],
    [', the slower half a day later', halfDayMs],
  ])('after a refusal keep the acceptance in place%s', async (_, laterMs) => {
    const outcomes = await everywhere(
      (s) => s.refuse(),
      async (s) => {
        expect(await s.ask('commit')).toMatchObject({ vote: 'yes' });
        s.pass(laterMs);
      },
    );
    expect(outcomes.length).toBeGreaterThan(10);
    for (const { step, s, said } of outcomes) {
      // A commit that finds its own file gone, or has no time left, is unknown and is repeated.
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
    'and a rollback leave nothing booked, whichever operation each of them stopped at: %s',
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
