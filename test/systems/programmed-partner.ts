import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { httpOutside } from '#lib/outside/http.ts';
import type { Call } from '#lib/outside/outside.ts';
import { type Manifest, manifest } from '#systems/manifest.ts';

const listening = async (server: Server) => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** A partner with programmed answers for one test, which records its requests. */
export async function partner(answer: (...at: Parameters<RequestListener>) => void) {
  const seen: { request: IncomingMessage; body: string; socket: Socket }[] = [];
  const server = createHttpServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ request, body, socket: request.socket });
    answer(request, response);
  });
  onTestFinished(() => void server.close().closeAllConnections());
  return { url: await listening(server), seen };
}

/** A partner that sends raw bytes instead of HTTP, once per connection. */
export async function rawPartner(answer: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {}).once('data', () => answer(socket));
  });
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: await listening(server), sockets };
}

/** A port without a listener. */
export async function closedPort() {
  const server = createServer();
  const url = await listening(server);
  await new Promise((done) => server.close(done));
  return url;
}

export const bank: Manifest = manifest.parse({
  name: 'bank',
  title: 'Bank',
  timeoutMs: 300,
  maxBytes: 1_000,
  calls: {
    pay: { method: 'POST', path: '/payments' },
    look: { method: 'GET', path: '/payments/{key}' },
    brief: { method: 'POST', path: '/payments', timeoutMs: 100 },
  },
  capabilities: { idempotent: 'native-key', tombstone: true },
});

type Tools = Partial<Parameters<typeof httpOutside>[0]>;

/** An endpoint whose record allows plain HTTP and private addresses, as on a laptop. */
export const localEndpoint = (url: string) => ({ url, plainHttp: true, privateAddresses: true });

/** Calls the bank at this address, with a minute left by default. */
export function bankAt(url: string, tools: Tools = {}) {
  const outside = httpOutside({
    clock: { now: () => Date.now() },
    endpoint: () => localEndpoint(url),
    secrets: { readSecret: async () => 'secret' },
    ...tools,
  });
  return (call: Partial<Call> = {}) =>
    outside({
      system: bank,
      call: 'pay',
      key: 'k1',
      body: { amount: 0 },
      notAfter: Date.now() + 60_000,
      ...call,
    });
}

/** The error of this call. */
export const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('it brought back a reply'),
    (error: unknown) => error,
  );
