import type { ClientRequest } from 'node:http';
import type { Clock } from '#lib/clock.ts';
import { type Reply, Unreached } from './outside.ts';
import { isAway, replyFrom, unavailable } from './reply.ts';

/**
 * `content`: undefined for a request without content. `ready`: the event of a socket that may be
 * written to.
 */
export type Exchange = {
  content: Uint8Array | undefined;
  limitMs: number;
  maxBytes: number;
  notAfter: number;
  clock: Clock;
  ready: string;
  dropIdle: () => void;
};

/** One request and its answer within one time limit. Throws `Unreached` without a reliable answer. */
export async function exchange(
  open: () => ClientRequest,
  { content, limitMs, maxBytes, notAfter, clock, ready, dropIdle }: Exchange,
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const request = open();
  let [connected, answered] = [false, false];
  let overdue = () => new Unreached(connected ? 'time-limit' : 'no-connection');
  const timer = setTimeout(() => reject(overdue()), limitMs);

  const send = () => {
    connected = true;
    // Checked again once connected: the process may have been frozen in between.
    if (clock.now() >= notAfter) return reject(new Unreached('too-late'));
    request.end(content);
  };
  request.on('socket', (socket) => (request.reusedSocket ? send() : socket.once(ready, send)));
  request.on('error', (error) => {
    if (request.reusedSocket && !answered) dropIdle();
    reject(
      error instanceof Unreached
        ? error
        : new Unreached(answered ? 'cut-off' : connected ? 'connection' : 'no-connection', {
            cause: withoutPacket(error),
          }),
    );
  });
  request.on('close', () => answered || reject(new Unreached('connection')));
  request.on('response', (response) => {
    answered = true;
    const { 'retry-after': retryAfter, 'content-encoding': encoding } = response.headers;
    const framing = { retryAfter, encoding, now: clock.now() };
    // Its pause counts even where the rest of the answer does not come in time.
    if (isAway(response.statusCode ?? 0)) overdue = () => unavailable(framing);
    replyFrom(response.statusCode ?? 0, response, maxBytes, framing).then(resolve, reject);
  });
  try {
    return await promise;
  } catch (error) {
    request.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A parse error of Node carries the received bytes. */
function withoutPacket(error: Error) {
  return 'rawPacket' in error ? new Error(error.message) : error;
}
