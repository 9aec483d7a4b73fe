import { expect, it } from 'vitest';
import { books, eventually, newSlot } from './running-lockstep.ts';

it('of fifty concurrent callers in two versions one books the slot, and forty-nine get "Slot taken"', async () => {
  const { reserve } = await newSlot({ price: { amount: 2500, currency: 'USD' } });
  await books.rest();
  const before = (await books.all()).length;

  const callers = Array.from({ length: 50 }, (_, i) => ({
    key: `caller-${i}`,
    version: i % 2 ? ('v2' as const) : ('v1' as const),
  }));
  // A busy laptop may answer 503 to some of fifty at once: they repeat the call under its key.
  const answerTo = ({ key, version }: (typeof callers)[number]) =>
    eventually(
      () => reserve(key, { version }),
      ({ status }) => status !== 503,
    );
  const answers = await Promise.all(callers.map(answerTo));
  const outcomes = answers.map(({ status, body }) => `${status} ${body.title ?? body.status}`).sort();
  expect(outcomes).toEqual(['200 ok', ...Array.from({ length: 49 }, () => '409 Slot taken')]);

  const winner = answers.findIndex(({ status }) => status === 200);
  const { key, version } = callers[winner]!;
  const repeat = await reserve(key, { version });
  expect(repeat.text).toBe(answers[winner]?.text);

  const entry = await books.until(String(answers[winner]?.body.reservation_id), 'captured');
  expect(entry).toMatchObject({ amount: 2500, effects: { authorize: 1, capture: 1, void: 0, refund: 0 } });
  expect((await books.all()).length).toBe(before + 1);
});
