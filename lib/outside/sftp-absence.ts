import type SftpClient from 'ssh2-sftp-client';
import { isFailure, NoSuchFile, type Request } from './sftp-requests.ts';

type Session = Awaited<ReturnType<SftpClient['connect']>>;

/**
 * An answer about a file, undefined where the file is absent. Some servers answer FAILURE for that;
 * then the listing of its folder decides, since a failure is also everything else.
 */
export const orNoneOn =
  (isListed: (name: string) => Promise<boolean>) =>
  async <T>(name: string, asked: Promise<T>): Promise<T | undefined> => {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof NoSuchFile) return undefined;
      if (isFailure(error) && !(await isListed(name))) return undefined;
      throw error;
    }
  };

type Entry = { filename: string };
const isEndOfFile = (error: unknown): boolean => (error as { code?: unknown } | undefined)?.code === 1;

/** Reads a folder part by part until the name is found; a folder may have more names than fit. */
export async function isListed(
  session: Session,
  folder: string,
  name: string,
  request: Request,
): Promise<boolean> {
  const handle = await request<Buffer>((done) => session.opendir(folder || '/', done));
  try {
    while (true) {
      const part = await request<Entry[] | undefined>((done) =>
        session.readdir(handle, (error, entries) =>
          isEndOfFile(error) ? done(null, undefined) : done(error, entries),
        ),
      );
      if (!part) return false;
      if (part.some(({ filename }) => filename === name)) return true;
    }
  } finally {
    await request((done) => session.close(handle, done));
  }
}
