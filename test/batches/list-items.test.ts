import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { itemResultsOf, type StoredResult } from '#domain/syncs/batches/item-results.ts';
import { listItems } from '#domain/syncs/batches/list-items.ts';
import { readStoredResults } from '#domain/syncs/batches/stored-results.ts';
import { paged } from '#lib/http/pages.ts';
import type { Batch } from '#systems/protocol.ts';
import { memoryObjects } from '#table/memory-objects.ts';
import { cents, paymentAt } from './items.ts';
import { committing, slice, storedResult } from './stored-results.ts';

describe('the list of items', () => {
  let opened = 0;
  const batchOf = (count: number): Batch => ({
    ...{ count, amount_minor: count * cents },
    async *items(from = 0) {
      opened += 1;
      for (let index = from; index < count; index++) yield paymentAt(index);
    },
  });
  const listed = (count: number, documents: StoredResult[] = []) => ({
    batch: batchOf(count),
    systems: ['debit', 'cheques'],
    became: itemResultsOf(documents, committing),
  });

  it('has one entry per item and system, across all pages', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listItems(listed(25), { limit: 7, after });
      expect(page.items.length).toBeLessThanOrEqual(7);
      seen.push(
        ...page.items.map(
          ({ view }) => `${(view as { index: number }).index} ${(view as { system: string }).system}`,
        ),
      );
      after = page.last;
    } while (after);
    expect(seen).toEqual(
      Array.from({ length: 50 }, (_, i) => `${Math.floor(i / 2)} ${i % 2 === 0 ? 'cheques' : 'debit'}`),
    );
  });

  it('ends with the batch: the last page has no cursor', async () => {
    expect(await listItems(listed(3), { limit: 6 })).not.toHaveProperty('last');
    expect(await listItems(listed(3), { limit: 5 })).toHaveProperty('last');
    expect(await listItems(listed(3), { limit: 5, system: 'unknown' })).toEqual({ items: [] });
  });

  it('filters by system and by result', async () => {
    const documents = [storedResult('commit', [slice(0, 10, 5)])];
    const page = await listItems(listed(25, documents), { limit: 100, system: 'debit', result: 'committed' });
    expect(page.items.map(({ view }) => view)).toHaveLength(5);
    expect(page.items[0]?.view).toEqual({
      ...{ index: 10, item_id: 'p-0000010', amount_minor: cents, system: 'debit', result: 'committed' },
      ...{ chunk: 0, receipt: { phase: 'commit', request: 'asked 0', response: 'said 0' } },
    });
  });

  it('reads the batch once per page, even for an empty one, and continues from its cursor', async () => {
    const documents = [storedResult('commit', [slice(0, 249_999, 1)])];
    const first = await listItems(listed(250_000, documents), { limit: 10, result: 'committed' });
    expect(first).toEqual({ items: [], last: expect.any(String) });
    opened = 0;
    const page = (after?: string) =>
      paged(
        10,
        after,
        (limit, from) => listItems(listed(250_000, documents), { limit, after: from, result: 'committed' }),
        1,
      );
    const short = await page();
    expect([short.items.length, opened]).toEqual([0, 1]);
    const all = await page((await page(short.last)).last);
    expect([all.items.length, all.last, opened]).toEqual([1, undefined, 3]);
  });
});

it('a result object that is gone or was changed is an error, never an answer', async () => {
  const objects = memoryObjects();
  const text = JSON.stringify(storedResult('commit', [slice(0, 0, 3)]));
  objects.arrive('results/1', text);
  const named = (digest: string, key = 'results/1') =>
    readStoredResults({ objects }, [{ phase: 'commit', key, digest }]);
  const digest = createHash('sha256').update(text).digest('hex');
  expect(await named(digest)).toEqual([JSON.parse(text)]);
  await expect(named('other')).rejects.toThrow('not what was kept');
  await expect(named(digest, 'results/2')).rejects.toThrow('gone');
});
