import { beforeEach, describe, expect, it } from 'vitest';
import { undoneBefore } from '#domain/syncs/accept/new-sync.ts';
import { syncFields } from '#domain/syncs/accept/sync-fields.ts';
import { syncView } from '#domain/syncs/sync-view.ts';
import { memoryObjects } from '#table/memory-objects.ts';
import { cents, lines, paymentAt, refusal, uploaded } from '#test/batches/items.ts';
import {
  commandOf,
  debit,
  gazette,
  letters,
  loseObjects,
  objects,
  open,
  paced,
  post,
  totals,
  w,
} from './batch-requests.ts';
import { tenant } from './syncs-world.ts';

beforeEach(() => open(paced(10_000), totals));

describe('a batch in a sync', () => {
  it('makes one sync: its item has the batch’s digest, and its first row the Merkle root', async () => {
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

  it('is the same under the same Idempotency-Key, even when the upload is gone or has changed', async () => {
    const upload = uploaded(objects, lines(3));
    const first = await post({ upload });
    objects.arrive(`uploads/acme/${upload}`, 'rubbish\n');
    expect(await post({ upload })).toMatchObject({ replayed: true, sync: { batch: first.sync.batch } });
    loseObjects();
    expect(await post({ upload })).toMatchObject({ replayed: true, sync: { batch: first.sync.batch } });
    expect(await refusal(post({ upload }, {}, 'k2'))).toMatchObject({ code: 'upload-incomplete' });
  });

  it('is refused with sync-undone when its undo came first, with or without its upload', async () => {
    const { syncId } = commandOf({ upload: 'any' });
    await w.tools.syncs.create(undoneBefore(tenant, syncId, 'key_1', 'a1', w.clock.now()));
    const upload = uploaded(memoryObjects(), lines(3));
    expect(await refusal(post({ upload }))).toMatchObject({ code: 'sync-undone' });
    expect(await refusal(post({ upload: uploaded(objects, lines(3)) }))).toMatchObject({
      code: 'sync-undone',
    });
  });

  it('under the same key with other items, another upload, or none is refused', async () => {
    const three = [0, 1, 2].map(paymentAt);
    await post(three);
    expect(await post(three)).toMatchObject({ replayed: true });
    for (const other of [three.slice(1), { upload: uploaded(objects, lines(3)) }, undefined])
      expect(await refusal(post(other))).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('is a non-empty list or an upload, and nothing else', () => {
    for (const wrong of [[], {}, 'upl_x', { upload: 'x', more: 1 }, { upload: '' }, null])
      expect(
        syncFields.safeParse({ type: 't', payload: {}, items: wrong }).success,
        JSON.stringify(wrong),
      ).toBe(false);
  });

  it('needs systems that take batches, recognise repeats and can undo; the refusal names those that do not', async () => {
    open(
      { ...debit, batch: undefined },
      { ...letters, batch: totals.batch },
      { ...gazette, batch: totals.batch },
    );
    const problem = await refusal(post([paymentAt(1)]));
    expect(problem?.code).toBe('plan-impossible');
    for (const because of [
      'debit takes no batches',
      'letters cannot recognise a repeat',
      'gazette cannot undo',
    ])
      expect(problem?.detail).toContain(because);
    expect([objects.labels(), w.written]).toEqual([[], []]);
  });
});
