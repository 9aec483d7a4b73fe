import { generateKeyPairSync, sign } from 'node:crypto';
import type { Signer } from '#lib/aws/signer.ts';

/** A KMS key in memory. As with KMS, two signatures of the same bytes differ. */
export function signerInMemory(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { signBytes: async (bytes) => sign('sha256', bytes, privateKey), readPublicKey: async () => pem };
}
