import type { Socket } from 'node:net';
import type { Clock } from '#lib/clock.ts';
import { Unreached } from './outside.ts';
import { NoSuchFile, type Request } from './sftp-files.ts';

/** The time limit of one step, and the time (ms) after which nothing is sent. */
export type Limits = { stepMs: number; notAfter: number; clock: Clock };

/** Sends requests in time. A late answer closes the connection: nothing of it arrives later. */
export function requestOn(socket: Socket, { stepMs, notAfter, clock }: Limits): Request {
  return async <T>(send: (done: (error?: Error | null, value?: T) => void) => void): Promise<T> => {
    const left = Math.min(stepMs, notAfter - clock.now());
    if (left <= 0) throw new Unreached('time-limit');
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const lost = () => reject(new Unreached('connection'));
    const timer = setTimeout(() => {
      reject(new Unreached('time-limit'));
      socket.destroy();
    }, left);
    socket.once('close', lost);
    try {
      if (socket.destroyed) throw new Unreached('connection');
      send((error, value) => (error ? reject(readOf(error)) : resolve(value as T)));
      return await promise;
    } catch (error) {
      throw error instanceof Unreached || error instanceof NoSuchFile
        ? error
        : new Unreached('connection', { cause: error });
    } finally {
      clearTimeout(timer);
      socket.off('close', lost);
    }
  };
}

const noSuchFile = 2;

/** A numeric code is the server's status (draft-ietf-secsh-filexfer-02, 7). */
function readOf(cause: Error): Error {
  const { code } = cause as { code?: unknown };
  if (code === noSuchFile) return new NoSuchFile();
  return new Unreached(typeof code === 'number' ? 'file-refused' : 'connection', { cause });
}
