import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type Checkpoint, leafOfHead, readCheckpoint } from '#domain/syncs/evidence/checkpoint.ts';
import { rootFromProof } from '#lib/proof/merkle.ts';
import type { Bundle } from './bundle.ts';
import { rowName } from './check-rows.ts';
import { type EvidenceCheck, Fault } from './fault.ts';
import { counted } from './plain-counts.ts';

type Signed = NonNullable<Bundle['checkpoint']>;

/**
 * The checkpoint is signed, its tree has a leaf of this sync, and that leaf is the hash of a row
 * in the bundle.
 */
export const checkCheckpoint: EvidenceCheck = (
  { checkpoint, rows, outside_token, covered_rows },
  { key },
) => {
  if (!checkpoint) {
    if (covered_rows > 0)
      throw new Fault(
        `the checkpoint was dropped: the bundle says that ${counted(covered_rows, 'row')} are covered by one`,
      );
    return undefined;
  }
  const said = readCheckpoint(checkpoint.text);
  if (!said) throw new Fault('the checkpoint cannot be read');
  const own = publicKey(checkpoint.key);
  if (key && fingerprint(key) !== fingerprint(own))
    throw new Fault(
      `the checkpoint is signed with another key, ${fingerprint(own)}, than the one given, ${fingerprint(key)}`,
    );
  if (!isSigned(checkpoint, own))
    throw new Fault(
      `the signature of checkpoint ${said.number} is not good: its text, or the signature, was changed`,
    );

  const { outside_token: signed, seq, head } = checkpoint.head;
  if (!isIn(checkpoint, said))
    throw new Fault(
      `the head of row ${seq} is not in checkpoint ${said.number}: the checkpoint or the head was exchanged`,
    );
  if (signed !== outside_token)
    throw new Fault(`checkpoint ${said.number} vouches for another sync, ${signed}`);
  const row = rows[seq - 1];
  if (!row)
    throw new Fault(`row ${rows.length + 1} was cut off: checkpoint ${said.number} knows rows up to ${seq}`);
  if (row.hash !== head)
    throw new Fault(
      `${rowName(row)} is not the one that was signed: it, or one before it, was changed and all behind that hashed anew`,
    );
  if (covered_rows !== seq)
    throw new Fault(
      `the bundle says that ${covered_rows} rows are covered, and its checkpoint covers ${seq}`,
    );
  const theirs = key
    ? 'the key given'
    : `the bundle's own key ${fingerprint(own)}: compare that with one that you have from elsewhere`;
  return `checkpoint ${said.number} of ${said.minute}Z vouches for rows 1 to ${seq}, signed with ${theirs}`;
};

/** Rows after the last covered one are not wrong, but are not signed yet. */
export function notSigned({ rows, covered_rows }: Bundle): string | undefined {
  const first = rows[covered_rows];
  if (!first) return undefined;
  const which = first === rows.at(-1) ? `${rowName(first)} is` : `${rowName(first)} and all behind it are`;
  return `${which} in no checkpoint. One signs them within three minutes after they were written: fetch the bundle again then.`;
}

function isSigned({ text, signature }: Signed, key: KeyObject): boolean {
  return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

function isIn({ head, index, path }: Signed, { leaves, root }: Checkpoint): boolean {
  try {
    const nodes = path.map((node) => Buffer.from(node, 'hex'));
    return rootFromProof(leafOfHead(head), index, leaves, nodes).toString('hex') === root;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Only keys on P-256: another kind could have signatures that are easy to forge. */
export function publicKey(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // No key at all is as bad as a key of another kind.
  }
  throw new Fault('the key is no public key on the curve P-256');
}

/** SHA-256 of the key in DER, as `openssl pkey -pubin -outform DER | sha256sum` prints it. */
export const fingerprint = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
