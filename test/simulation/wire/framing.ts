import { httpOutside } from '#lib/outside/http.ts';
import { manifest } from '#systems/manifest.ts';
import type { Simulator } from '#test/simulation/engine/simulator.ts';
import { type RawRequest, serveRaw } from './raw-server.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const bodies: Record<string, unknown> = {
  none: undefined,
  empty: {},
  small: { name: 'Zoë', amount: 0 },
  large: { text: '€'.repeat(70_000) },
};
type Sent = { method: (typeof methods)[number]; body: string };
const cases = methods.flatMap((method) => Object.keys(bodies).map((body): Sent => ({ method, body })));
/** Every ordered pair of requests on one connection, then every request on a connection that ends with it. */
const runs: { sent: Sent[]; keepAlive: boolean }[] = [
  ...cases.flatMap((one) => cases.map((other) => ({ sent: [one, other], keepAlive: true }))),
  ...cases.map((one) => ({ sent: [one, one], keepAlive: false })),
];
/** So many seeds are every run once. */
export const framingRuns = runs.length;

const system = manifest.parse({
  name: 'office',
  title: 'Office',
  timeoutMs: 10_000,
  calls: Object.fromEntries(
    methods.map((method) => [
      method.toLowerCase(),
      { method, path: `/${method.toLowerCase()}/{key}?of=x:%20y` },
    ]),
  ),
  capabilities: { idempotent: 'native-key', tombstone: true },
});

type Seen = { violations: string[]; requests: RawRequest[]; sent: Sent[] };

/** Sends one run to a server that reads bytes, and judges what came. */
async function history(seed: number): Promise<Seen> {
  const { sent, keepAlive } = runs[(seed - 1) % runs.length]!;
  const server = await serveRaw(
    `HTTP/1.1 200 OK\r\n${keepAlive ? '' : 'connection: close\r\n'}content-length: 2\r\n\r\n{}`,
  );
  const call = httpOutside({
    clock: { now: () => Date.now() },
    endpoint: () => ({ url: `${server.url}/base`, plainHttp: true, privateAddresses: true }),
    secrets: { readSecret: async () => 'secret' },
  });
  const outages: string[] = [];
  for (const [index, { method, body }] of sent.entries())
    await call({
      ...{ system, call: method.toLowerCase(), key: `key-${index}`, about: 'a/b' },
      ...{ body: bodies[body], notAfter: Date.now() + 10_000 },
    }).catch((error: Error) => outages.push(`${method} with ${body}: ${error.message}`));
  await server.close();
  const { requests, violations } = server.seen;
  const odd = sent.flatMap((one, index) => faultsOf(one, index, requests[index], keepAlive));
  const more = requests.length === sent.length ? [] : [`${requests.length} requests came of ${sent.length}`];
  return { violations: [...outages, ...violations, ...more, ...odd], requests, sent };
}

function faultsOf(
  { method, body }: Sent,
  index: number,
  came: RawRequest | undefined,
  keepAlive: boolean,
): string[] {
  const name = `${method} with ${body}`;
  if (!came) return [`${name} never came`];
  const text = bodies[body] === undefined ? '' : JSON.stringify(bodies[body]);
  const length = Buffer.byteLength(text);
  const due: Record<string, string | RegExp> = {
    ...{ accept: 'application/json', 'accept-encoding': 'identity', 'idempotency-key': `key-${index}` },
    ...{ host: /^127\.0\.0\.1:\d+$/, connection: 'keep-alive' },
    ...(text && { 'content-type': 'application/json' }),
    ...((text || ['POST', 'PUT', 'PATCH'].includes(method)) && { 'content-length': String(length) }),
  };
  const has = Object.fromEntries(came.headers);
  const names = [...new Set([...Object.keys(due), ...came.headers.map(([header]) => header)])];
  const [connection, place] = keepAlive ? [0, index] : [index, 0];
  return [
    ...(came.line === `${method} /base/${method.toLowerCase()}/a%2Fb?of=x:%20y HTTP/1.1`
      ? []
      : [`${name}: ${came.line}`]),
    ...(names.length === came.headers.length ? [] : [`${name}: headers are missing, or there twice`]),
    ...names.flatMap((header) =>
      agrees(due[header], has[header]) ? [] : [`${name}: ${header}: ${has[header]}`],
    ),
    ...(came.body.toString() === text ? [] : [`${name}: another body`]),
    ...(came.connection === connection && came.place === place ? [] : [`${name}: on another connection`]),
  ];
}

const agrees = (due: string | RegExp | undefined, has: string | undefined): boolean =>
  due instanceof RegExp ? has !== undefined && due.test(has) : due === has;

type Sum = { requests: number; bytes: number };

export const simulator: Simulator<Seen, Sum> = {
  history,
  emptyTally: () => ({ requests: 0, bytes: 0 }),
  tally: (sum, { requests }) => {
    sum.requests += requests.length;
    sum.bytes += requests.reduce((bytes, { body }) => bytes + body.length, 0);
  },
  lines: ({ requests }) =>
    requests.map(({ line, headers, body }) => `${line} ${JSON.stringify(headers)} ${body.length}`),
};
