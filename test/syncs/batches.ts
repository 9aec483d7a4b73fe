import { createHash } from 'node:crypto';
import type { Batches } from '#domain/participants/participant.ts';
import { progressOn } from '#domain/participants/progress.ts';
import type { Tools } from '#domain/syncs/conduct.ts';
import { resultDocument } from '#domain/syncs/result-document.ts';
import { catalogue } from '#events/index.ts';
import { canonical } from '#lib/ids.ts';
import { leafOf, rootOf } from '#lib/merkle.ts';
import type { Store } from '#lib/table.ts';
import type { BatchItem, Pinned } from '#systems/contract.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Batches and results in memory, as acceptance would have pinned them and conductors would keep them. */
export function batchesIn(store: Store, wait: (ms: number) => Promise<unknown>) {
  const objects = new Map<string, BatchItem[]>();
  const results = new Map<string, ReturnType<typeof JSON.parse>>();
  const tools: Batches = {
    open: ({ key, count, amount_minor }) => {
      async function* items(from = 0) {
        for (const item of (objects.get(key) ?? []).slice(from)) yield item;
      }
      return { count, amount_minor, items };
    },
    sole: (type, payload) => catalogue.get(type)?.batch?.sole(payload as Record<string, unknown>),
    progress: progressOn(store),
    wait,
  };
  const keepResult: Tools['keepResult'] = async (sync, phase, answers) => {
    const text = resultDocument(sync, phase, answers);
    const key = `results/${phase}-${results.size + 1}.json`;
    results.set(key, JSON.parse(text));
    return { phase, key, digest: sha256(text) };
  };
  /** Pins these items. */
  function pin(items: BatchItem[]): Pinned {
    const text = items.map((item) => `${canonical(item)}\n`).join('');
    const key = `uploads/acme/${objects.size + 1}`;
    objects.set(key, items);
    return {
      ...{
        key,
        version: '1',
        digest: sha256(text),
        root: rootOf(items.map((item) => leafOf(canonical(item)))).toString('hex'),
      },
      ...{ bytes: text.length, gzip: false, count: items.length },
      amount_minor: items.reduce((sum, { amount_minor }) => sum + amount_minor, 0),
    };
  }
  return { tools, keepResult, pin, results };
}
