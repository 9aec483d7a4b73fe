import { createHash } from 'node:crypto';
import { canonical } from '#lib/ids.ts';
import { leafOf, rootOf } from '#lib/proof/merkle.ts';
import type { BatchItem, Pinned } from '#systems/protocol.ts';
import type { MemoryObjects } from '#table/memory-objects.ts';

/** Puts these items into the bucket and pins them, as acceptance does. */
export function pinIn(objects: MemoryObjects, items: BatchItem[]): Pinned {
  const text = items.map((item) => `${canonical(item)}\n`).join('');
  const key = `uploads/acme/${objects.keys().length + 1}`;
  return {
    ...{ key, version: objects.arrive(key, text), bytes: Buffer.byteLength(text), gzip: false },
    digest: createHash('sha256').update(text).digest('hex'),
    root: rootOf(items.map((item) => leafOf(canonical(item)))).toString('hex'),
    count: items.length,
    amount_minor: items.reduce((sum, { amount_minor }) => sum + amount_minor, 0),
  };
}

/** The results that conductors have stored in the bucket. */
export const resultsIn = (objects: MemoryObjects): ReturnType<typeof JSON.parse>[] =>
  objects
    .keys()
    .filter((key) => key.startsWith('results/'))
    .map((key) => JSON.parse(objects.peek(key) ?? 'null'));
