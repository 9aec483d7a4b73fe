import { lookup as systemLookup } from 'node:dns';
import type { Agent, ClientRequest } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import type { Clock } from '#lib/clock.ts';
import { once } from '#lib/once.ts';
import { type Endpoint, guarded } from './addresses.ts';
import { type Call, type Outside, type Reply, replyFrom, Unreached } from './outside.ts';
import { secretHeadersOf, without } from './secret-headers.ts';

type Tools = {
  clock: Clock;
  endpoint: (system: string) => Endpoint;
  /** Reads the secrets that manifests name. */
  secrets: { readSecret(name: string): Promise<string> };
  lookup?: typeof systemLookup;
};

/** Below the 5 s of Node's servers, so that few calls meet a closed connection. */
const idleMs = 4_000;
/** Loaded on demand, because it costs every cold start, and once. */
const nodeHttp = /* @__PURE__ */ once(() => import('node:http'));

/**
 * Calls outside systems over HTTPS, or over what else their deployment record allows: JSON both
 * ways, a system's secrets as headers, one time limit for the whole exchange. It never retries. A
 * kept connection that was closed is an outage like any other, but it drops every idle connection,
 * so that the next attempt connects afresh.
 */
export function httpOutside({ clock, endpoint, secrets, lookup = systemLookup }: Tools): Outside {
  const agents: Record<string, Agent> = {};

  return async (call) => {
    const at = endpoint(call.system.name);
    const url = new URL(at.url);
    const options = requestOptions(call, at, url, lookup);
    const secretHeaders = await secretHeadersOf(call.system, secrets);
    Object.assign(options.headers, secretHeaders);
    const transport = url.protocol === 'https:' ? https : await nodeHttp();
    // One agent per system: a connection checked for one record never serves another.
    agents[call.system.name] ??= new transport.Agent({ keepAlive: true, timeout: idleMs });
    const agent = agents[call.system.name]!;

    const { timeoutMs = call.system.timeoutMs } = callOf(call);
    const limitMs = Math.min(timeoutMs, call.notAfter - clock.now());
    if (limitMs <= 0) throw new Unreached('too-late');
    const reply = await exchange(() => transport.request({ ...options, agent }), {
      payload: call.body === undefined || options.method === 'GET' ? '' : JSON.stringify(call.body),
      limitMs,
      maxBytes: call.system.maxBytes,
      late: () => clock.now() >= call.notAfter,
      ready: url.protocol === 'https:' ? 'secureConnect' : 'connect',
      dropIdle: () => {
        for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
      },
    });
    return { ...reply, body: without(Object.values(secretHeaders), reply.body) };
  };
}

function callOf({ system, call }: Call) {
  const found = system.calls[call];
  if (!found) throw new Error(`${system.name} has no call ${call}`);
  return found;
}

type Options = RequestOptions & { headers: Record<string, string> };

function requestOptions(call: Call, endpoint: Endpoint, url: URL, lookup: typeof systemLookup): Options {
  const { method = 'POST', path = '' } = callOf(call);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const encrypted = url.protocol === 'https:';
  const secrets = Object.keys(call.system.secrets).length > 0;
  const guard = guarded(endpoint, { host, encrypted, secrets }, lookup);
  return {
    method,
    host,
    path: url.pathname.replace(/\/$/, '') + path.replaceAll(/\{(?:key|token)\}/g, () => segment(call.about)),
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'idempotency-key': call.key,
    },
    ...(url.port && { port: url.port }),
    ...(guard && { lookup: guard }),
  };
}

/** A segment of dots alone is refused: it would climb the path. */
function segment(about = '') {
  if (/^\.{0,2}$/.test(about)) throw new Error('this call needs a key for its path');
  return encodeURIComponent(about);
}

type Exchange = {
  payload: string;
  limitMs: number;
  maxBytes: number;
  late: () => boolean;
  ready: string;
  dropIdle: () => void;
};

async function exchange(
  open: () => ClientRequest,
  { payload, limitMs, maxBytes, late, ready, dropIdle }: Exchange,
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const request = open();
  const timer = setTimeout(() => reject(new Unreached(connected ? 'time-limit' : 'no-connection')), limitMs);
  let [connected, answered] = [false, false];

  const send = () => {
    connected = true;
    // Checked again once connected: the process may have been frozen in between.
    if (late()) return reject(new Unreached('too-late'));
    request.end(payload);
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
    replyFrom(response.statusCode ?? 0, response, maxBytes, response.headers['retry-after']).then(
      resolve,
      reject,
    );
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
