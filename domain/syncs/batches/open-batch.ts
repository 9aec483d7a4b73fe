import { createHash } from 'node:crypto';
import type { Objects } from '#lib/aws/objects.ts';
import type { Batch, BatchItem, Pinned } from '#systems/protocol.ts';
import { hashed, readItems } from './read-items.ts';

/** `spend` counts the unpacked bytes read. */
type Tools = { objects: Pick<Objects, 'openObject'>; spend?: ((bytes: number) => void) | undefined };

/**
 * Streams a pinned batch, anew for each reader. A wrong size is thrown before the first item, a
 * wrong digest after the last; the bytes were good at acceptance, so either is an outage and not a
 * refusal.
 */
export const openBatchOn =
  ({ objects, spend }: Tools) =>
  (pinned: Pinned): Batch => ({
    count: pinned.count,
    amount_minor: pinned.amount_minor,
    items: (from = 0) => itemsOf({ objects, spend }, pinned, from),
  });

async function* itemsOf(
  { objects, spend }: Tools,
  { key, version, bytes, digest, gzip }: Pinned,
  from: number,
) {
  const opened = await objects.openObject(key, version);
  if (!opened) throw new Error(`The batch ${key} is gone`);
  if (opened.bytes !== bytes) {
    opened.stop();
    throw new Error(`The batch ${key} has ${opened.bytes} bytes, and had ${bytes}`);
  }
  const hash = createHash('sha256');
  yield* readItems(hashed(opened.body, hash), { gzip, from, spend }) as AsyncGenerator<BatchItem>;
  if (hash.digest('hex') !== digest)
    throw new Error(`The batch ${key} has another digest than when it was accepted`);
}
