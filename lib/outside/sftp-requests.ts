import type { Socket } from 'node:net';
import type { Clock } from '#lib/clock.ts';
import { Unreached } from './outside.ts';

export type Done<T> = (error?: Error | null, value?: T) => void;
/** Sends one request. Throws `NoSuchFile` for an absent file, otherwise `Unreached`. */
export type Request = <T = void>(send: (done: Done<T>) => void) => Promise<T>;

/** The server's own status for this path. */
export class NoSuchFile extends Error {
  override readonly name = 'NoSuchFile';
}

/** The time limit of one step, and the time (ms) after which nothing is sent. */
export type Limits = { stepMs: number; notAfter: number; clock: Clock };

/** The remaining time, for one step at most. */
export function leftOf({ stepMs, notAfter, clock }: Limits): number {
  const left = Math.min(stepMs, notAfter - clock.now());
  if (left <= 0) throw new Unreached('too-late');
  return left;
}

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
const failure = 4;

/** A numeric code is the server's status (draft-ietf-secsh-filexfer-02, 7). */
function readOf(cause: Error): Error {
  const { code } = cause as { code?: unknown };
  if (code === noSuchFile) return new NoSuchFile();
  return new Unreached(typeof code === 'number' ? 'file-refused' : 'connection', { cause });
}

/** SSH_FX_FAILURE, which some servers answer about a file that is not there. */
export const isFailure = (error: unknown): boolean =>
  error instanceof Unreached &&
  error.reason === 'file-refused' &&
  (error.cause as { code?: unknown } | undefined)?.code === failure;
