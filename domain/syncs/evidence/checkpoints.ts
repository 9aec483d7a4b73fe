import { keys } from '#domain/keys.ts';
import type { AppendOnly } from '#lib/aws/append-only.ts';
import { everyItem } from '#lib/aws/projection.ts';
import type { Item } from '#lib/aws/table.ts';
import { type Checkpoint, type Head, readCheckpoint } from './checkpoint.ts';

/**
 * A stored checkpoint: the signed text, the signature (base64, ECDSA in DER) and the public key
 * (PEM).
 */
export type Signed = { text: string; signature: string; key: string; said: Checkpoint };

/**
 * For this many minutes a page may be written, or appear in the index, after its minute was
 * closed.
 */
export const lateMinutes = 5;

/** Index partition of the checkpoint that closed this minute. */
export const checkpointPartition = (minute: string): string => `${minute}#checkpoint`;

/** The checkpoints, newest first. */
export async function newestCheckpoints(ledger: AppendOnly, limit: number): Promise<Signed[]> {
  const { items } = await ledger.queryPages({
    label: 'read-checkpoints',
    pk: keys.checkpoint(0).pk,
    backwards: true,
    limit,
  });
  return items.map(signed);
}

/**
 * The checkpoint that closed a minute; undefined where there is none, or the index does not show
 * it yet.
 */
export async function checkpointOf(ledger: AppendOnly, minute: string): Promise<Signed | undefined> {
  const { items: shown } = await ledger.queryRecorded({
    label: 'find-checkpoint',
    pk: checkpointPartition(minute),
  });
  const [found] = shown;
  if (!found) return undefined;
  const { items } = await ledger.queryPages({ label: 'read-checkpoint', pk: found.pk, prefix: found.sk });
  return items[0] && signed(items[0]);
}

/** The heads under a root, in the order of the tree. */
export async function headsUnder(ledger: AppendOnly, root: string): Promise<Head[]> {
  const { pk } = keys.leaves(root, 0);
  const pages = everyItem((from) => ledger.queryPages({ label: 'read-leaves', pk, ...from }));
  return (await Array.fromAsync(pages, ({ heads }) => heads as Head[])).flat();
}

function signed({ text, signature, key }: Item): Signed {
  const said = readCheckpoint(String(text));
  if (!said) throw new Error('A stored checkpoint cannot be read');
  return { text: String(text), signature: String(signature), key: String(key), said };
}
