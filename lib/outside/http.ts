import { lookup as systemLookup } from 'node:dns';
import type { Agent } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import type { Clock } from '#lib/clock.ts';
import { once } from '#lib/once.ts';
import { type Endpoint, guarded } from './addresses.ts';
import { exchange } from './exchange.ts';
import { fillPath } from './fill-path.ts';
import { type Call, type Outside, Unreached } from './outside.ts';
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
    const content = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body));
    const options = requestOptions(call, at, url, lookup);
    const secretHeaders = await secretHeadersOf(call.system, secrets);
    Object.assign(options.headers, framing(options.method, content), secretHeaders);
    const transport = url.protocol === 'https:' ? https : await nodeHttp();
    // One agent per system: a connection checked for one record never serves another.
    agents[call.system.name] ??= new transport.Agent({ keepAlive: true, timeout: idleMs });
    const agent = agents[call.system.name]!;

    const { timeoutMs = call.system.timeoutMs } = callOf(call);
    const { notAfter } = call;
    const limitMs = Math.min(timeoutMs, notAfter - clock.now());
    if (limitMs <= 0) throw new Unreached('too-late');
    const reply = await exchange(() => transport.request({ ...options, agent }), {
      ...{ content, limitMs, notAfter, clock, maxBytes: call.system.maxBytes },
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

/** Methods whose requests have content, so that none is said to be empty (RFC 9110, 8.6). */
const withContent = ['POST', 'PUT', 'PATCH'];

/**
 * The length is always told: Node tells none for a DELETE or GET with content, and a server then
 * reads that as its next request.
 */
function framing(method: string, content: Uint8Array | undefined): Record<string, string> {
  if (content) return { 'content-type': 'application/json', 'content-length': String(content.length) };
  return withContent.includes(method) ? { 'content-length': '0' } : {};
}

type Options = RequestOptions & { method: string; headers: Record<string, string> };

function requestOptions(call: Call, endpoint: Endpoint, url: URL, lookup: typeof systemLookup): Options {
  const { method = 'POST', path = '' } = callOf(call);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const encrypted = url.protocol === 'https:';
  const secrets = Object.keys(call.system.secrets).length > 0;
  const guard = guarded(endpoint, { host, encrypted, secrets }, lookup);
  return {
    method,
    host,
    path: url.pathname.replace(/\/$/, '') + (call.path ?? fillPath(path, { key: call.about })),
    headers: {
      accept: 'application/json',
      // Answers are small, and one in another encoding was not asked for.
      'accept-encoding': 'identity',
      'idempotency-key': call.key,
    },
    ...(url.port && { port: url.port }),
    ...(guard && { lookup: guard }),
  };
}
