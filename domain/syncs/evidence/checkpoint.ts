import { createHash } from 'node:crypto';
import { canonical } from '#lib/ids.ts';
import { leafOf } from '#lib/proof/merkle.ts';

/** Head of one sync's chain: its outside token, the last row's number and hash. */
export type Head = { outside_token: string; seq: number; head: string };
/**
 * What is signed once a minute: `root` (hex) of the Merkle tree over the heads recorded in
 * `minute`, sorted by outside token, and `prev`, the id of the checkpoint before. Each vouches for
 * all before it, so none can be left out or inserted.
 */
export type Checkpoint = {
  origin: string;
  number: number;
  leaves: number;
  root: string;
  prev: string;
  minute: string;
};

/** A head as a leaf: canonical JSON, so that it can be recomputed from any copy of the ledger. */
export const leafOfHead = ({ outside_token, seq, head }: Head): Buffer =>
  leafOf(canonical({ outside_token, seq, head }));

/** The six signed lines, after C2SP's checkpoints: plain text, to be checked with common tools. */
export const checkpointText = ({ origin, number, leaves, root, prev, minute }: Checkpoint): string =>
  [origin, number, leaves, Buffer.from(root, 'hex').toString('base64'), prev, `${minute}:00Z`]
    .map((line) => `${line}\n`)
    .join('');

/** Parses a checkpoint; undefined for any other text. Each checkpoint has exactly one spelling. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', number, leaves, root = '', prev = '', time = ''] = text.split('\n');
  const read = {
    ...{ origin, number: Number(number), leaves: Number(leaves), prev, minute: time.slice(0, 16) },
    root: Buffer.from(root, 'base64').toString('hex'),
  };
  return checkpointText(read) === text &&
    Number.isSafeInteger(read.number) &&
    Number.isSafeInteger(read.leaves)
    ? read
    : undefined;
}

/**
 * Id of a checkpoint: SHA-256 (hex) of the signed text. The signature is no part of it, since
 * signing the text twice gives two.
 */
export const idOf = (text: string): string => createHash('sha256').update(text).digest('hex');
