import type SftpClient from 'ssh2-sftp-client';
import type { RemoteFiles } from '#systems/protocol.ts';

export type Session = Awaited<ReturnType<SftpClient['connect']>>;
type Done<T> = (error?: Error | null, value?: T) => void;
/** Sends one request. Throws `NoSuchFile` for an absent file, otherwise `Unreached`. */
export type Request = <T = void>(send: (done: Done<T>) => void) => Promise<T>;

/** The server's own status for this path. */
export class NoSuchFile extends Error {
  override readonly name = 'NoSuchFile';
}

/**
 * Open flags (draft-ietf-secsh-filexfer-02, 6.3). A write from the start creates an absent file,
 * and never truncates one on opening.
 */
const flags = { read: 0x1, write: 0x2, create: 0xa };
const partBytes = 32 * 1024;
/** Concurrent parts: over a slow network each would otherwise cost a round trip. */
const atOnce = 8;

/** A folder of an SFTP session. Reads and writes keep only the parts under way in memory. */
export function sftpFiles(session: Session, folder: string, request: Request): RemoteFiles {
  const at = (path: string) => `${folder}/${path}`;
  const opened = (path: string, mode: number) =>
    request<Buffer>((done) => session.open(at(path), mode, done));
  const closed = (handle: Buffer) => request((done) => session.close(handle, done));
  const sizeOf = (handle: Buffer) => request<{ size: number }>((done) => session.fstat(handle, done));

  return {
    size: async (path) =>
      (await orNone(request<{ size: number }>((done) => session.stat(at(path), done))))?.size,
    async read(path, from = 0) {
      const handle = await orNone(opened(path, flags.read));
      const part = (position: number) =>
        request<Buffer>((done) =>
          session.read(handle as Buffer, Buffer.alloc(partBytes), 0, partBytes, position, given(done)),
        );
      return handle && readingOf(from, part, () => closed(handle));
    },
    async write(path, bytes, from = 0) {
      const handle = await opened(path, from === 0 ? flags.create : flags.write);
      try {
        const end = await written(bytes, from, (part, position) =>
          request((done) => session.write(handle, part, 0, part.length, position, done)),
        );
        // Truncates at the end only, never after an interruption: another writer may have got
        // further with the same bytes.
        if (end < (await sizeOf(handle)).size)
          await request((done) => session.fsetstat(handle, { size: end }, done));
      } catch (error) {
        await Promise.allSettled([closed(handle)]); // an earlier error takes precedence
        throw error;
      }
      await closed(handle);
    },
    rename: (path, to) => wasThere(request((done) => session.rename(at(path), at(to), done))),
    remove: (path) => wasThere(request((done) => session.unlink(at(path), done))),
  };
}

const given =
  (done: Done<Buffer>) =>
  (error: Error | undefined, bytes: number, data: Buffer): void =>
    done(error, data?.subarray(0, bytes));

const orNone = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof NoSuchFile) return undefined;
    throw error;
  });

const wasThere = async (asked: Promise<unknown>): Promise<boolean> =>
  (await orNone(asked.then(() => true))) ?? false;

/** Writes the bytes as they come, in parts of one size, and returns the end offset. */
async function written(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  from: number,
  write: (part: Buffer, position: number) => Promise<unknown>,
): Promise<number> {
  const underWay: Promise<unknown>[] = [];
  let position = from;
  try {
    for await (const part of partsOf(bytes)) {
      if (underWay.length >= atOnce) await underWay.shift();
      underWay.push(settling(write(part, position)));
      position += part.length;
    }
    await Promise.all(underWay);
    return position;
  } finally {
    await Promise.allSettled(underWay);
  }
}

async function* partsOf(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0);
  try {
    for await (const chunk of bytes) {
      held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
      for (; held.length >= partBytes; held = held.subarray(partBytes)) yield held.subarray(0, partBytes);
    }
  } catch (error) {
    if (held.length > 0) yield held; // the bytes before the interruption are valid
    throw error;
  }
  if (held.length > 0) yield held;
}

/** Reads ahead. After a short part it starts afresh from where that part ended. */
async function* readingOf(
  from: number,
  read: (position: number) => Promise<Buffer>,
  closed: () => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  let ahead: Promise<Buffer>[] = [];
  let [position, isLost] = [from, false];
  try {
    while (true) {
      while (ahead.length < atOnce) ahead.push(settling(read(position + ahead.length * partBytes)));
      const part = await (ahead.shift() as Promise<Buffer>);
      if (part.length === 0) break;
      position += part.length;
      if (part.length < partBytes) {
        await Promise.allSettled(ahead);
        ahead = [];
      }
      yield part;
    }
  } catch (error) {
    isLost = true;
    throw error;
  } finally {
    // Also runs when the reader stops early.
    await Promise.allSettled(ahead);
    if (!isLost) await closed();
  }
}

/** Avoids an unhandled rejection; code that awaits the promise still gets the error. */
function settling<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
