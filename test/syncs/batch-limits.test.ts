import { beforeEach, describe, expect, it } from 'vitest';
import { httpRequest } from '#domain/participants/http/json-call.ts';
import { dryRunSync } from '#domain/syncs/accept/dry-run-sync.ts';
import { cents, lines, refusal, uploaded } from '#test/batches/items.ts';
import { commandOf, debit, objects, open, paced, pin, post, totals, w } from './batch-requests.ts';

const day = 86_400_000;
beforeEach(() => open(paced(10_000), totals));
const dryRun = (items: unknown, more?: object) =>
  dryRunSync(commandOf(items, more), { ...pin(), requestOf: httpRequest });

describe('a batch beyond a limit', () => {
  it('is refused when the slowest system cannot prepare it before the deadline', async () => {
    open(paced(10_000, 500, 'fast'), paced(2, 1, 'slow'), totals);
    const upload = uploaded(objects, lines(100), { count: 100 });
    const deadline = (ms: number) => ({ deadline: new Date(w.clock.now() + ms).toISOString() });
    expect(await refusal(post({ upload }, deadline(49_000)))).toMatchObject({
      code: 'quota-exceeded',
      detail: expect.stringMatching(/^100 items would be decided after 50 s.*slow needs 50 s to prepare/),
    });
    expect(await refusal(dryRun({ upload }, deadline(49_000)))).toMatchObject({ code: 'quota-exceeded' });
    expect((await post({ upload }, deadline(51_000))).replayed).toBe(false);
  });

  it('is refused when it needs too many state transitions or too many calls to a system', async () => {
    open({ ...paced(1, 500), calls: { ...debit.calls } });
    w.accepting.limits.legMs = 2;
    const upload = uploaded(objects, lines(3));
    expect(
      await refusal(post({ upload }, { deadline: new Date(w.clock.now() + day).toISOString() })),
    ).toMatchObject({
      code: 'quota-exceeded',
      detail: expect.stringContaining('6005 state transitions'),
    });
    open(paced(1_000_000, 1));
    expect(await refusal(post({ upload: uploaded(objects, lines(2_001), { count: 2_001 }) }))).toMatchObject({
      detail: '2001 items are 2001 calls to debit, and 2000 are the most. Send less at once.',
    });
  });
});

describe('the dry run of a batch', () => {
  it('checks the items, stores nothing, and estimates calls, time, continuations and cost by its size', async () => {
    const upload = uploaded(objects, lines(3_000), { count: 3_000 });
    const { estimates, systems } = await dryRun({ upload });
    expect(estimates).toMatchObject({
      items: 3_000,
      amount_minor: 3_000 * cents,
      calls: 2 * (6 + 1),
      transitions: 3,
      continuations: 0,
    });
    expect(systems[0]?.requests).toHaveLength(2);
    expect([objects.labels(), w.written]).toEqual([[`open uploads/acme/${upload}`], []]);
    open(paced(10), totals);
    w.accepting.limits.legMs = 30_000;
    const slow = (await dryRun({ upload: uploaded(objects, lines(3_000), { count: 3_000 }) })).estimates;
    expect(slow).toMatchObject({ seconds: 600, continuations: 20, transitions: 45 });
    expect(slow.aws_cost_usd).toBeGreaterThan(estimates.aws_cost_usd);
  });

  it('shows nothing of an item, and refuses what acceptance refuses', async () => {
    const upload = uploaded(objects, lines(3));
    expect(JSON.stringify(await dryRun({ upload }))).not.toContain('Payee');
    expect(await refusal(dryRun({ upload: uploaded(objects, 'rubbish\n', { key: 'k2' }) }))).toMatchObject({
      code: 'payload-invalid',
      errors: [{ pointer: '/items/0' }],
    });
  });
});
