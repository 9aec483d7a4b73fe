import { createPublicKey, verify } from 'node:crypto';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { signerOn } from '#lib/aws/signer.ts';
import { awsClient } from '#local/aws-client.ts';

const client = new KMSClient(awsClient(inject('engine')));
let key = '';

beforeAll(async () => {
  const { KeyMetadata } = await client.send(
    new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }),
  );
  key = KeyMetadata?.Arn ?? '';
});
afterAll(() => client.destroy());

it('KMS signs so that the public key verifies the signature, and nothing else passes', async () => {
  const signer = signerOn({ client: () => client, key: () => key });
  const bytes = Buffer.from('lockstep/Ledger\n1\n0\n');
  const signature = await signer.signBytes(bytes);
  const pem = await signer.readPublicKey();
  expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  expect(createPublicKey(pem).asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  expect(verify('sha256', bytes, pem, signature)).toBe(true);
  expect(verify('sha256', Buffer.from('lockstep/Ledger\n2\n0\n'), pem, signature)).toBe(false);
  expect(await signer.readPublicKey()).toBe(pem);
});
