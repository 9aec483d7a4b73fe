import { beforeEach, describe, expect, it } from 'vitest';
import { httpRequest } from '#domain/participants/http/json-call.ts';
import { acceptSync } from '#domain/syncs/accept/accept-sync.ts';
import { dryRunSync } from '#domain/syncs/accept/dry-run-sync.ts';
import { undoneBefore } from '#domain/syncs/accept/new-sync.ts';
import { syncFields, toCommand } from '#domain/syncs/accept/sync-fields.ts';
import { pinBatchOn } from '#domain/syncs/batches/pin-batch.ts';
import { syncView } from '#domain/syncs/sync-view.ts';
import type { Manifest } from '#systems/manifest.ts';
import { type MemoryObjects, memoryObjects } from '#table/memory-objects.ts';
import { cents, lines, paymentAt, refusal, uploaded } from '#test/batches/items.ts';
import { manifests, type SyncWorld, syncWorld, tenant } from './syncs-world.ts';

const { debit, letters, gazette } = manifests;
/** Takes a batch in slices of 500, so many items a second. */
const paced = (itemsPerSecond: number, items = 500, name = 'debit'): Manifest => ({
  ...debit,
  name,
  batch: { by: 'chunks', items, atOnce: 4, itemsPerSecond },
});
const totals: Manifest = { ...debit, name: 'totals', batch: { by: 'totals', items: 500, atOnce: 4 } };
const day = 86_400_000;

let [w, objects]: [SyncWorld, MemoryObjects] = [syncWorld(), memoryObjects()];
const open = (...systems: Manifest[]) => {
  w = syncWorld({ systems });
  objects = memoryObjects();
};
beforeEach(() => open(paced(10_000), totals));

const commandOf = (items: unknown, more: object = {}, key = 'k1') =>
  toCommand(
    syncFields.parse({ type: 'benefit_adjusted', payload: { state: 'OH', delta_usd: 25 }, items, ...more }),
    { tenant, key },
  );
const pin = () => ({ ...w.accepting, pin: pinBatchOn({ objects }) });
const post = (items: unknown, more?: object, key?: string) => acceptSync(commandOf(items, more, key), pin());
const rehearse = (items: unknown, more?: object) =>
  dryRunSync(commandOf(items, more), { ...pin(), requestOf: httpRequest });

describe('a batch', () => {
  it('is one sync: the item says which bytes it is about, the ledger their root', async () => {
    const upload = uploaded(objects, lines(3));
    const { sync } = await post({ upload });
    expect(sync.batch).toMatchObject({
      key: `uploads/acme/${upload}`,
      version: 'version-1',
      count: 3,
      amount_minor: 3 * cents,
    });
    expect(sync).not.toHaveProperty('items');
    const { count, amount_minor, digest, root } = sync.batch!;
    expect(sync.rows[0]).toMatchObject({ action: 'accept', batch: { count, amount_minor, root } });
    expect(syncView(sync)).toMatchObject({ batch: { count, amount_minor, digest, root } });
    expect(JSON.stringify(syncView(sync))).not.toContain('uploads/');
    expect(objects.total()).toEqual({ calls: 1 });
  });

  it('is the same under the same key, also when what was uploaded is gone or has changed since', async () => {
    const upload = uploaded(objects, lines(3));
    const first = await post({ upload });
    objects.arrive(`uploads/acme/${upload}`, 'rubbish\n');
    expect(await post({ upload })).toMatchObject({ replayed: true, sync: { batch: first.sync.batch } });
    objects = memoryObjects();
    expect(await post({ upload })).toMatchObject({ replayed: true, sync: { batch: first.sync.batch } });
    expect(await refusal(post({ upload }, {}, 'k2'))).toMatchObject({ code: 'upload-incomplete' });
  });

  it('that was undone before it came is told so, whether its upload ever arrives or not', async () => {
    const { syncId } = commandOf({ upload: 'any' });
    await w.tools.syncs.create(undoneBefore(tenant, syncId, 'key_1', 'a1', w.clock.now()));
    const upload = uploaded(memoryObjects(), lines(3));
    expect(await refusal(post({ upload }))).toMatchObject({ code: 'sync-undone' });
    expect(await refusal(post({ upload: uploaded(objects, lines(3)) }))).toMatchObject({
      code: 'sync-undone',
    });
  });

  it('is another request with other items, another upload, or none', async () => {
    const three = [0, 1, 2].map(paymentAt);
    await post(three);
    expect(await post(three)).toMatchObject({ replayed: true });
    for (const other of [three.slice(1), { upload: uploaded(objects, lines(3)) }, undefined])
      expect(await refusal(post(other))).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('is a list with something in it, or an upload, and nothing else', () => {
    for (const wrong of [[], {}, 'upl_x', { upload: 'x', more: 1 }, { upload: '' }, null])
      expect(
        syncFields.safeParse({ type: 't', payload: {}, items: wrong }).success,
        JSON.stringify(wrong),
      ).toBe(false);
  });

  it('needs systems that take batches, recognise a repeat and can undo, and says which do not', async () => {
    open(
      { ...debit, batch: undefined },
      { ...letters, batch: totals.batch },
      { ...gazette, batch: totals.batch },
    );
    const told = await refusal(post([paymentAt(1)]));
    expect(told?.code).toBe('plan-impossible');
    for (const because of [
      'debit takes no batches',
      'letters cannot recognise a repeat',
      'gazette cannot undo',
    ])
      expect(told?.detail).toContain(because);
    expect([objects.labels(), w.written]).toEqual([[], []]);
  });
});

describe('what is more than can be done', () => {
  it('is a batch that could not be decided before its deadline, at the pace of the slowest', async () => {
    open(paced(10_000, 500, 'fast'), paced(2, 1, 'slow'), totals);
    const upload = uploaded(objects, lines(100), { count: 100 });
    const deadline = (ms: number) => ({ deadline: new Date(w.clock.now() + ms).toISOString() });
    expect(await refusal(post({ upload }, deadline(49_000)))).toMatchObject({
      code: 'quota-exceeded',
      detail: expect.stringMatching(/^100 items would be decided after 50 s.*slow needs 50 s to prepare/),
    });
    expect(await refusal(rehearse({ upload }, deadline(49_000)))).toMatchObject({ code: 'quota-exceeded' });
    expect((await post({ upload }, deadline(51_000))).replayed).toBe(false);
  });

  it('is a batch that no one execution could carry, or that takes more calls than can be accounted for', async () => {
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
  it('reads and checks it, keeps nothing, and counts calls, time, continuations and money by its size', async () => {
    const upload = uploaded(objects, lines(3_000), { count: 3_000 });
    const { estimates, systems } = await rehearse({ upload });
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
    const slow = (await rehearse({ upload: uploaded(objects, lines(3_000), { count: 3_000 }) })).estimates;
    expect(slow).toMatchObject({ seconds: 600, continuations: 20, transitions: 45 });
    expect(slow.aws_cost_usd).toBeGreaterThan(estimates.aws_cost_usd);
  });

  it('shows no word of an item, and refuses what the real one refuses', async () => {
    const upload = uploaded(objects, lines(3));
    expect(JSON.stringify(await rehearse({ upload }))).not.toContain('Payee');
    expect(await refusal(rehearse({ upload: uploaded(objects, 'rubbish\n', { key: 'k2' }) }))).toMatchObject({
      code: 'payload-invalid',
      errors: [{ pointer: '/items/0' }],
    });
  });
});
