import { keys } from '#domain/keys.ts';
import type { AppendOnly } from '#lib/aws/append-only.ts';
import type { Signer } from '#lib/aws/signer.ts';
import { rootOf } from '#lib/proof/merkle.ts';
import { type Checkpoint, checkpointText, type Head, idOf, leafOfHead } from './checkpoint.ts';
import { checkpointPartition, type Signed } from './checkpoints.ts';

type Tools = { ledger: AppendOnly; signer: Signer };
/** This many heads of about 130 bytes stay below the 400 KB of an item. */
const headsPerPage = 2_000;

/**
 * Stores the next checkpoint: its leaves first, then the signed text; after a crash in between the
 * next run finds the same leaves. Undefined: another run has stored this number.
 */
export async function keepCheckpoint(
  next: Omit<Checkpoint, 'leaves' | 'root'>,
  heads: Head[],
  { ledger, signer }: Tools,
): Promise<Signed | undefined> {
  const root = rootOf(heads.map(leafOfHead)).toString('hex');
  const said = { ...next, leaves: heads.length, root };
  const text = checkpointText(said);
  for (let from = 0; from < heads.length; from += headsPerPage) {
    const item = { ...keys.leaves(root, from / headsPerPage), heads: heads.slice(from, from + headsPerPage) };
    // Promises: existing leaves stay; under this root there can be no others.
    await ledger.appendItem({ label: 'keep-leaves', item, condition: 'attribute_not_exists(#pk)' });
  }
  const [signature, key] = [
    (await signer.signBytes(Buffer.from(text))).toString('base64'),
    await signer.readPublicKey(),
  ];
  const kept = {
    text,
    signature,
    key,
    minute: checkpointPartition(said.minute),
    seq: said.number,
    head: idOf(text),
  };
  // Promises: one checkpoint per number, for ever; so the chain has no fork.
  const item = { ...keys.checkpoint(said.number), ...kept };
  const { accepted } = await ledger.appendItem({
    label: 'keep-checkpoint',
    item,
    condition: 'attribute_not_exists(#pk)',
  });
  return accepted ? { text, signature, key, said } : undefined;
}
