import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';

type Reached = { client: () => KMSClient; key: () => string };
/** ECDSA over P-256 and SHA-256, in DER: what `openssl dgst -sha256 -verify` takes. */
export type Signer = {
  signBytes: (bytes: Uint8Array) => Promise<Buffer>;
  readPublicKey: () => Promise<string>;
};

/**
 * Signs with a KMS key, which never leaves KMS. The public key, in PEM, is fetched once: a KMS key
 * never changes it.
 */
export const signerOn = ({ client, key }: Reached): Signer => {
  let known: string | undefined;
  return {
    async signBytes(bytes) {
      const command = new SignCommand({
        KeyId: key(),
        Message: bytes,
        MessageType: 'RAW',
        SigningAlgorithm: 'ECDSA_SHA_256',
      });
      const { Signature } = await client().send(command);
      if (!Signature) throw new Error('KMS has answered without a signature');
      return Buffer.from(Signature);
    },

    async readPublicKey() {
      if (known) return known;
      const { PublicKey } = await client().send(new GetPublicKeyCommand({ KeyId: key() }));
      if (!PublicKey) throw new Error('KMS has answered without a public key');
      known = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' })
        .export({ type: 'spki', format: 'pem' })
        .toString();
      return known;
    },
  };
};
