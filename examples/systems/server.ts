import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import type { Clock } from '#lib/clock.ts';
import type { Answer, Turn } from './behaviours.ts';
import { control } from './control.ts';
import { controlPanelOf } from './control-panel.ts';
import { type Life, mortalServer } from './mortal-server.ts';
import { callsUnderWay } from './under-way.ts';
import { bodyOf, invalid, pattern, send } from './wire.ts';

/** `item`: the one item that is refused. */
export type Arrival = { key: string; arrivedAt: number; refuse: boolean; item?: string };
type Operation = {
  method: 'GET' | 'POST';
  path: RegExp;
  keyField: string;
  accept: (body: unknown) => (arrival: Arrival) => Answer;
};
type Partner = {
  operations: Record<string, Operation>;
  /** The calls about batches, under the same names. */
  batches?: Record<string, Operation>;
  /** The longest body, if not the default. */
  maxLength?: number;
  entries: () => unknown[];
  clock: Clock;
  /** The listening address, 127.0.0.1 by default; the port is a free one. */
  host?: string;
  /** Further reads by path; a `{name}` in the path is handed to the reader. */
  pages?: Record<string, (at: Record<string, string>) => unknown>;
  /** Whether the caller is authorised. */
  admits?: (headers: IncomingHttpHeaders) => boolean;
};

type Wires = Pick<Turn, 'answer' | 'response' | 'drop' | 'die' | 'pause'>;

/** One POST call of a partner. `{key}` in the path, or the body's `keyField`, names the entry. */
export function operation<Body>(
  path: string,
  body: z.ZodType<Body>,
  run: (input: Arrival & { body: Body }) => Answer,
  keyField = 'key',
): Operation {
  const accept = (raw: unknown) => {
    const parsed = body.parse(raw);
    return (arrival: Arrival) => run({ ...arrival, body: parsed });
  };
  return { method: 'POST', path: pattern(path), keyField, accept };
}

/** One GET call of a partner; `{key}` in the path names the entry. */
export const question = (path: string, run: (arrival: Arrival) => Answer): Operation => ({
  method: 'GET',
  path: pattern(path),
  keyField: 'key',
  accept: () => run,
});

/** A partner as a real HTTP server, with `GET /books`, `GET /health`, and `/control` for orders. */
export function servePartner({ host = '127.0.0.1', ...partner }: Partner) {
  const serve = reception(partner);
  return mortalServer(async (request, response, life) => {
    try {
      await serve(request, response, life);
    } catch (error) {
      if (life.closing.aborted || response.headersSent) throw error;
      send(response, invalid(error) ?? { status: 500, body: { error: 'failed' } });
    }
  }, host);
}

function reception({
  operations,
  batches = {},
  maxLength,
  entries,
  clock,
  pages,
  admits = () => true,
}: Omit<Partner, 'host'>) {
  const orders = control(Object.keys(operations));
  const underWay = callsUnderWay();
  const arrivals: {
    at: number;
    call: string;
    key: string;
    chunk?: number | undefined;
    behaviour?: string;
  }[] = [];
  const desk = controlPanelOf({ entries, arrivals, orders, pages });
  const known = [...Object.entries(operations), ...Object.entries(batches)];

  return async (request: IncomingMessage, response: ServerResponse, life: Life) => {
    const arrivedAt = clock.now();
    const { pathname } = new URL(request.url ?? '/', 'http://partner');
    const body = await bodyOf(request, maxLength);
    const atDesk = desk({ method: request.method, pathname, body });
    if (atDesk) return send(response, { status: 200, ...atDesk });

    const [call, found] =
      known.find(([, { method, path }]) => request.method === method && path.test(pathname)) ?? [];
    if (!call || !found) return send(response, { status: 404, body: { error: 'no-such-path' } });
    if (!admits(request.headers)) return send(response, { status: 401, body: { error: 'unauthorized' } });
    const run = found.accept(body);
    const key = keyOf(found.path.exec(pathname)?.groups?.key, body, found.keyField);
    const { chunk, items } = found.method === 'POST' ? slice.parse(body) : {};
    const act = () => run({ key, arrivedAt, refuse: false });
    const actOrWait = () => underWay.answerTo(found.method, { call, key, chunk }) ?? act();
    const told = orders.next(call, { key, chunk, items });
    arrivals.push({
      at: arrivedAt,
      call,
      key,
      ...(chunk !== undefined && { chunk }),
      ...(told && { behaviour: told.name }),
    });
    if (!told) return send(response, actOrWait());
    await told.perform({
      key,
      act: actOrWait,
      refuse: () =>
        run({ key, arrivedAt, refuse: true, ...(told.item !== undefined && { item: told.item }) }),
      actAfter: (before) => underWay.during({ call, key, chunk }, before).then(act),
      ...wires(request, response, life),
    });
  };
}

/** The parts of a batch call that an order may name. */
const slice = z.looseObject({
  chunk: z.int().optional(),
  items: z.array(z.looseObject({ id: z.string() })).optional(),
});

const wires = (request: IncomingMessage, response: ServerResponse, { closing, kill }: Life): Wires => ({
  answer: (answer) => send(response, answer),
  response,
  drop: () => request.socket.destroy(),
  die: () => void kill(),
  pause: (ms) => wait(ms, undefined, { signal: closing }),
});

function keyOf(inPath: string | undefined, body: unknown, field: string) {
  return inPath === undefined
    ? (z.looseObject({ [field]: z.string() }).parse(body)[field] as string)
    : decodeURIComponent(inPath);
}
