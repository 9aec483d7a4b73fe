import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import type { Clock } from '#lib/clock.ts';
import { type Answer, control } from './control.ts';

type Arrival = { key: string; arrivedAt: number; refuse: boolean };
type Operation = { path: RegExp; accept: (body: unknown) => (arrival: Arrival) => Answer };
/** `host`: where it listens, 127.0.0.1 by default; the port is a free one. */
type Partner = { operations: Record<string, Operation>; entries: () => unknown[]; clock: Clock; host?: string };

/** One POST of a partner's. `{key}` in the path, or the body's own `key`, says which entry it is about. */
export function operation<Body>(path: string, body: z.ZodType<Body>, run: (input: Arrival & { body: Body }) => Answer): Operation {
  return {
    path: new RegExp(`^${path.replace('{key}', '(?<key>[^/]+)')}$`),
    accept: (raw) => {
      const parsed = body.parse(raw);
      return (arrival) => run({ ...arrival, body: parsed });
    },
  };
}

/** A partner as a real HTTP server: its operations, `GET /books`, `GET /health`, and `/control`, which makes it misbehave. */
export async function servePartner({ host = '127.0.0.1', ...partner }: Partner) {
  const closing = new AbortController();
  const serve = reception(partner, closing.signal);
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!closing.signal.aborted) send(response, invalid(error) ?? { status: 500, body: { error: 'failed' } });
    });
  });
  await new Promise<void>((done) => server.listen(0, host, done));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    /** Ends what still hangs; what was to happen late does not happen. */
    close: () =>
      new Promise<void>((done) => {
        closing.abort();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function reception({ operations, entries, clock }: Omit<Partner, 'host'>, closing: AbortSignal) {
  const orders = control(Object.keys(operations), closing);
  const arrivals: { at: number; call: string; key: string; behaviour?: string }[] = [];
  const desk: Record<string, (body: unknown) => Answer> = {
    'GET /health': () => ({ status: 200, body: { status: 'ok' } }),
    'GET /books': () => ({ status: 200, body: { entries: entries(), arrivals } }),
    'POST /control': (body) => ({ status: 200, body: { orders: orders.give(body) } }),
    'DELETE /control': () => ({ status: 200, body: { orders: orders.clear() } }),
  };

  return async (request: IncomingMessage, response: ServerResponse) => {
    const arrivedAt = clock.now();
    const { pathname } = new URL(request.url ?? '/', 'http://partner');
    const body = await bodyOf(request);
    const atDesk = desk[`${request.method} ${pathname}`];
    if (atDesk) return send(response, atDesk(body));

    const [call, found] = Object.entries(operations).find(([, { path }]) => request.method === 'POST' && path.test(pathname)) ?? [];
    if (!call || !found) return send(response, { status: 404, body: { error: 'no-such-path' } });
    const act = found.accept(body);
    const key = keyOf(found.path.exec(pathname)?.groups?.key, body);
    const told = orders.next(call);
    arrivals.push({ at: arrivedAt, call, key, ...(told && { behaviour: told.name }) });
    if (!told) return send(response, act({ key, arrivedAt, refuse: false }));
    await told.perform({
      act: () => act({ key, arrivedAt, refuse: false }),
      refuse: () => act({ key, arrivedAt, refuse: true }),
      answer: (answer) => send(response, answer),
      drop: () => request.socket.destroy(),
    });
  };
}

const maxLength = 65_536;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) if (body.length <= maxLength) body += chunk;
  if (body.length > maxLength) throw new SyntaxError('too long');
  return body === '' ? {} : JSON.parse(body);
}

function keyOf(inPath: string | undefined, body: unknown) {
  return inPath === undefined ? z.looseObject({ key: z.string() }).parse(body).key : decodeURIComponent(inPath);
}

/** Names the field that is wrong, `body` if it is the whole. Undefined: it is our own mistake. */
function invalid(error: unknown): Answer | undefined {
  if (error instanceof SyntaxError) return { status: 400, body: { error: 'invalid', field: 'body' } };
  if (error instanceof URIError) return { status: 400, body: { error: 'invalid', field: 'key' } };
  if (!(error instanceof z.ZodError)) return undefined;
  const [issue] = error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  return { status: 400, body: { error: 'invalid', field: unknown ?? (issue?.path.join('.') || 'body') } };
}

function send(response: ServerResponse, { status, body }: Answer) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
