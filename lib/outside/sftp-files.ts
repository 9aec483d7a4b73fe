import type SftpClient from 'ssh2-sftp-client';
import type { RemoteFiles } from '#systems/protocol.ts';
import { isListed, orNoneOn } from './sftp-absence.ts';
import { partBytes, readingOf, written } from './sftp-parts.ts';
import type { Done, Request } from './sftp-requests.ts';

export type Session = Awaited<ReturnType<SftpClient['connect']>>;
/**
 * Open flags (draft-ietf-secsh-filexfer-02, 6.3). A write from the start creates an absent file,
 * and never truncates one on opening.
 */
const flags = { read: 0x1, write: 0x2, create: 0xa };

/** A folder of an SFTP session. Reads and writes keep only the parts under way in memory. */
export function sftpFilesOn(session: Session, folder: string, request: Request): RemoteFiles {
  const at = (path: string) => `${folder}/${path}`;
  const orNone = orNoneOn((name) => isListed(session, folder, name, request));
  const wasThere = async (path: string, asked: Promise<void>): Promise<boolean> => {
    const done = asked.then(() => true);
    return (await orNone(path, done)) ?? false;
  };
  const statOf = (path: string) => request<{ size: number }>((done) => session.stat(at(path), done));
  const opened = (path: string, mode: number) =>
    request<Buffer>((done) => session.open(at(path), mode, done));
  const closed = (handle: Buffer) => request((done) => session.close(handle, done));
  const sizeOf = (handle: Buffer) => request<{ size: number }>((done) => session.fstat(handle, done));

  const renamed = (path: string, to: string) => request((done) => session.rename(at(path), at(to), done));
  const removed = (path: string) => request((done) => session.unlink(at(path), done));

  return {
    size: async (path) => (await orNone(path, statOf(path)))?.size,
    async read(path, from = 0) {
      const handle = await orNone(path, opened(path, flags.read));
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
    rename: (path, to) => wasThere(path, renamed(path, to)),
    remove: (path) => wasThere(path, removed(path)),
  };
}

const given =
  (done: Done<Buffer>) =>
  (error: Error | undefined, bytes: number, data: Buffer): void =>
    done(error, data?.subarray(0, bytes));
