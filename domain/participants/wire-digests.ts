import { createHash, type Hash } from 'node:crypto';
import { canonical } from '#lib/ids.ts';
import type { Line, RemoteFiles } from '#systems/protocol.ts';
import { httpRequest } from './lines/http/json-call.ts';

/** Digests of request and response: the first 128 bits of SHA-256, in base64url. */
export type WireDigests = { request: string; response: string };

/**
 * Wraps the lines so that each call's key yields its wire digests. HTTP digests canonical JSON of
 * `{ method, path, body }` and `{ status, body }`; files digest every step in order, with the
 * bytes written and read.
 */
export function digestLine(lines: Line): { lines: Line; digests: (key: string) => WireDigests | undefined } {
  const heard = new Map<string, WireDigests>();
  return {
    digests: (key) => heard.get(key),
    lines: {
      async rest(ask, phase) {
        const reply = await lines.rest(ask, phase);
        heard.set(ask.key, {
          request: of(canonical(httpRequest(ask, phase))),
          response: of(canonical(reply)),
        });
        return reply;
      },
      sftp: (ask, phase, use) =>
        lines.sftp(ask, phase, async (folder) => {
          const [sent, got] = [createHash('sha256'), createHash('sha256')];
          try {
            return await use(
              listening(
                folder,
                (step) => void sent.update(step),
                (step) => void got.update(step),
              ),
            );
          } finally {
            heard.set(ask.key, { request: short(sent), response: short(got) });
          }
        }),
    },
  };
}

const short = (hash: Hash): string => hash.digest().subarray(0, 16).toString('base64url');
const of = (text: string): string => short(createHash('sha256').update(text));

type Hears = (step: string | Uint8Array) => void;

function listening(folder: RemoteFiles, sent: Hears, got: Hears): RemoteFiles {
  async function* through(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, hears: Hears) {
    for await (const piece of bytes) {
      hears(piece);
      yield piece;
    }
  }
  const step = async <T>(name: string, done: Promise<T>): Promise<T> => {
    sent(`${name}\n`);
    const result = await done;
    got(`${name} ${String(result ?? 'none')}\n`);
    return result;
  };
  return {
    size: (path) => step(`size ${path}`, folder.size(path)),
    rename: (path, to) => step(`rename ${path} ${to}`, folder.rename(path, to)),
    remove: (path) => step(`remove ${path}`, folder.remove(path)),
    write: (path, bytes, from) => {
      sent(`write ${path} from ${from ?? 0}\n`);
      return folder.write(path, through(bytes, sent), from);
    },
    async read(path, from) {
      sent(`read ${path} from ${from ?? 0}\n`);
      const bytes = await folder.read(path, from);
      return bytes && through(bytes, got);
    },
  };
}
