import { createHash } from 'node:crypto';
import { canonical } from '#lib/ids.ts';
import { leafOf } from '#lib/proof/merkle.ts';

/** Where the chain of one sync stood: its name outside, its last row and that row's hash. */
export type Head = { outside_token: string; seq: number; head: string };
/**
 * What is signed once a minute: `root` (hex) of the Merkle tree over the heads of all syncs that were recorded in `minute`, sorted by their outside token, and `prev`,
 * the id of the checkpoint before. So each vouches for all that came before it, and none can be left out or put in between.
 */
export type Checkpoint = {
  origin: string;
  number: number;
  leaves: number;
  root: string;
  prev: string;
  minute: string;
};

/** A head as a leaf of the tree: canonical JSON, so that it can be made again from a ledger that anybody has. */
export const leafOfHead = ({ outside_token, seq, head }: Head): Buffer =>
  leafOf(canonical({ outside_token, seq, head }));

/** The six lines that are signed, after the manner of C2SP's checkpoints: plain text, to be read and checked with the tools that everybody has. */
export const checkpointText = ({ origin, number, leaves, root, prev, minute }: Checkpoint): string =>
  [origin, number, leaves, Buffer.from(root, 'hex').toString('base64'), prev, `${minute}:00Z`]
    .map((line) => `${line}\n`)
    .join('');

/** What a checkpoint says; undefined for a text that is none. There is one way to write each. */
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

/** The name of a checkpoint: SHA-256 (hex) of what was signed. The signature is no part of it, since the same text signed twice has two. */
export const idOf = (text: string): string => createHash('sha256').update(text).digest('hex');
