import { createHash, type Hash } from 'node:crypto';

/** A digest as receipts carry it. */
export const shortDigest = (hash: Hash): string => hash.digest().subarray(0, 16).toString('base64url');
export const textDigest = (text: string): string => shortDigest(createHash('sha256').update(text));
