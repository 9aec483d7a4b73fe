import { generateKeyPairSync, sign } from 'node:crypto';
import type { Signer } from '#lib/aws/signer.ts';

/** A key as KMS has one, in memory: two signatures of the same bytes differ, as there. */
export function signerInMemory(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { signBytes: async (bytes) => sign('sha256', bytes, privateKey), readPublicKey: async () => pem };
}
