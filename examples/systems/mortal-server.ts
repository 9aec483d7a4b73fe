import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One life of a server; `closing` is aborted at its end. */
export type Life = { closing: AbortSignal; kill: () => Promise<void> };
type Serve = (request: IncomingMessage, response: ServerResponse, life: Life) => Promise<void>;

/**
 * A server on a free port of `host` that can be killed like its process, and revived on the same
 * port.
 */
export async function mortalServer(serve: Serve, host: string) {
  let end: (() => Promise<void>) | undefined;
  let ended = Promise.resolve();

  const kill = () => {
    if (end) ended = end();
    end = undefined;
    return ended;
  };
  const begin = async (port: number) => {
    const closing = new AbortController();
    const server = createServer((request, response) => {
      // An error after the end of a life has no caller.
      serve(request, response, { closing: closing.signal, kill }).catch((error: unknown) => {
        if (!closing.signal.aborted) throw error;
      });
    });
    await new Promise<void>((done, failed) => server.once('error', failed).listen(port, host, done));
    end = () =>
      new Promise<void>((done) => {
        closing.abort();
        server.close(() => done());
        server.closeAllConnections();
      });
    return (server.address() as AddressInfo).port;
  };

  const port = await begin(0);
  return {
    url: `http://${host}:${port}`,
    /** Ends open connections, refuses new ones, and cancels delayed actions. */
    kill,
    revive: async () => {
      await ended;
      if (!end) await begin(port);
    },
    close: kill,
  };
}
