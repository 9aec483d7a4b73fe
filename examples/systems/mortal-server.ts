import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One life of a server, from listening to the end: `closing` is aborted with it. */
export type Life = { closing: AbortSignal; kill: () => Promise<void> };
type Serve = (request: IncomingMessage, response: ServerResponse, life: Life) => Promise<void>;

/** A server on a free port of `host` that can be killed, as its process might be, and brought back on the same port. */
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
      // What is cut short by the end of a life has nobody left to tell.
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
    /** Ends what still hangs and refuses connections from then on; what was to happen late does not happen. */
    kill,
    revive: async () => {
      await ended;
      if (!end) await begin(port);
    },
    close: kill,
  };
}
