import { generateKeyPairSync } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signerOn } from '#lib/aws/signer.ts';
import { fakeAws } from './fake-aws.ts';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const der = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
let aws: Awaited<ReturnType<typeof fakeAws>>;
let empty = false;

beforeAll(async () => {
  aws = await fakeAws(({ target }) => {
    if (empty) return { body: {} };
    return {
      body: target === 'Sign' ? { Signature: Buffer.from('signed').toString('base64') } : { PublicKey: der },
    };
  });
});
afterAll(() => aws.close());
const signer = () => signerOn({ client: () => new KMSClient(aws.at), key: () => 'arn:key' });

it('the signer asks KMS for ECDSA over SHA-256 of the exact bytes, with its key', async () => {
  expect((await signer().signBytes(Buffer.from('text'))).toString()).toBe('signed');
  expect(aws.asked.at(-1)?.body).toEqual({
    KeyId: 'arn:key',
    Message: Buffer.from('text').toString('base64'),
    MessageType: 'RAW',
    SigningAlgorithm: 'ECDSA_SHA_256',
  });
});

it('the signer reads the public key once, as PEM', async () => {
  const one = signer();
  const before = aws.asked.length;
  expect(await one.readPublicKey()).toBe(publicKey.export({ type: 'spki', format: 'pem' }));
  expect(await one.readPublicKey()).toBe(await one.readPublicKey());
  expect(aws.asked.length).toBe(before + 1);
});

it('the signer treats an answer without a signature or key as an outage', async () => {
  empty = true;
  await expect(signer().signBytes(Buffer.from('text'))).rejects.toThrow('without a signature');
  await expect(signer().readPublicKey()).rejects.toThrow('without a public key');
});
