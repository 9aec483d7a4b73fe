import type { Objects } from '#lib/aws/objects.ts';

export type MemoryObjects = Objects & {
  /**
   * A publisher's PUT to the signed URL, which is no call of the product. Returns the new
   * version.
   */
  arrive(key: string, body: string | Uint8Array): string;
  /** The newest version of a key as text, without a call. */
  peek(key: string): string | undefined;
  keys(): string[];
  /** The calls so far by label, in order: `open uploads/acme/upl_…`. Signing a URL is none. */
  labels(): string[];
  /** The keys that were opened and cancelled without being read. */
  stopped(): string[];
  total(): { calls: number };
  reset(): void;
};
/** `pieceBytes`: the size of the pieces of a body. `record` puts each call on a timeline. */
type Options = { pieceBytes?: number; record?: <T>(label: string, run: () => Promise<T>) => Promise<T> };

/** A bucket in memory that keeps every version. */
export function memoryObjects({
  pieceBytes = 1_000,
  record = (_, run) => run(),
}: Options = {}): MemoryObjects {
  const stored = new Map<string, Map<string, Buffer>>();
  const calls: string[] = [];
  const stopped: string[] = [];
  let minted = 0;

  const call = <T>(label: string, run: () => T): Promise<T> => {
    calls.push(label);
    return record(label, async () => run());
  };
  const arrive = (key: string, body: string | Uint8Array): string => {
    const version = `version-${++minted}`;
    stored.set(key, new Map(stored.get(key)).set(version, Buffer.from(body as string)));
    return version;
  };
  const newest = (key: string) => [...(stored.get(key) ?? [])].at(-1);

  async function* piecesOf(bytes: Buffer) {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }

  return {
    arrive,
    signUpload: async (key, expiresSeconds) => ({ url: `memory://${key}?expires=${expiresSeconds}` }),
    openObject: (key, version) =>
      call(`open ${key}`, () => {
        const [found, bytes] =
          version === undefined ? (newest(key) ?? []) : [version, stored.get(key)?.get(version)];
        return bytes && found !== undefined
          ? { version: found, bytes: bytes.length, body: piecesOf(bytes), stop: () => void stopped.push(key) }
          : undefined;
      }),
    putObject: (key, body) => call(`put ${key}`, () => ({ version: arrive(key, body) })),
    peek: (key) => newest(key)?.[1].toString(),
    keys: () => [...stored.keys()],
    labels: () => [...calls],
    stopped: () => [...stopped],
    total: () => ({ calls: calls.length }),
    reset: () => void calls.splice(0),
  };
}
