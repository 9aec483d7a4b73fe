import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkout, shown } from './folder.ts';
import { keep } from './keep.ts';
import { installEngine } from './python.ts';

/**
 * AWS on this machine. `env`: endpoint, region and credentials for a client. `fresh`: no stack was
 * ever deployed to it.
 */
export type Engine = {
  endpoint: string;
  region: string;
  env: Record<string, string>;
  fresh: boolean;
  close(): Promise<void>;
};
type Opening = { instance: string; env?: NodeJS.ProcessEnv; say?: (line: string) => void };

const startMs = 30_000;

/**
 * The engine at `AWS_ENDPOINT_URL` as it is; without one, an engine of our own that ends with this
 * process.
 */
export const openEngine = async ({
  instance,
  env = process.env,
  say = () => {},
}: Opening): Promise<Engine> =>
  env.AWS_ENDPOINT_URL ? givenEngine(env.AWS_ENDPOINT_URL, env) : startEngine(instance, env, say);

const givenEngine = async (endpoint: string, env: NodeJS.ProcessEnv): Promise<Engine> => {
  if (!(await answers(endpoint)))
    throw new Error(
      `Nothing answers at ${endpoint}: start that engine, or unset AWS_ENDPOINT_URL so that Lockstep starts one.`,
    );
  return { endpoint, ...clientOf(endpoint, env), fresh: false, close: async () => {} };
};

const testKeys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/**
 * The environment of a client for the engine at this endpoint. The caller's own credentials are
 * sent only to an engine that the caller has named.
 */
export const clientOf = (
  endpoint: string,
  env: NodeJS.ProcessEnv = process.env,
): Pick<Engine, 'region' | 'env'> => {
  const named = env.AWS_ENDPOINT_URL === endpoint;
  const region = (named && (env.AWS_REGION ?? env.AWS_DEFAULT_REGION)) || 'us-east-1';
  const given = Object.entries(env).filter(([name, value]) => named && name.startsWith('AWS_') && value);
  const keys = given.some(([name]) => ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE'].includes(name)) ? {} : testKeys;
  return {
    region,
    env: {
      ...keys,
      ...Object.fromEntries(given),
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    },
  };
};

const startEngine = async (
  instance: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<Engine> => {
  const command = await installEngine(env, say);
  const log = join(instance, 'engine.log');
  // Another program may take the free port before the engine does.
  for (let attempt = 1; attempt <= 3; attempt++) {
    const port = await freePort();
    const kept = keep({ command, cwd: instance, env: engineEnvironment(instance, port), log });
    const endpoint = `http://127.0.0.1:${port}`;
    if (await healthy(`${endpoint}/_ministack/health`, kept.exited))
      return { endpoint, ...clientOf(endpoint, {}), fresh: true, close: kept.stop };
    await kept.stop();
  }
  throw new Error(
    `The engine did not start: ${shown(log)} says why; fix that, or set AWS_ENDPOINT_URL to an engine that runs.`,
  );
};

/** Every function gets this environment, so it contains no secret and nothing of AWS's. */
const engineEnvironment = (instance: string, port: number) => {
  const [HOME, TMPDIR] = [join(instance, 'home'), join(instance, 'tmp')];
  for (const path of [HOME, TMPDIR]) mkdirSync(path, { recursive: true });
  const modules = join(checkout, 'node_modules');
  return {
    PATH: `${join(modules, '.bin')}:/usr/local/bin:/usr/bin:/bin`,
    NODE_PATH: modules,
    HOME,
    TMPDIR,
    GATEWAY_PORT: String(port),
    BIND_HOST: '127.0.0.1',
    IOT_MTLS_ENABLED: '0',
    LAMBDA_ACCOUNT_CONCURRENCY: '100',
    MINISTACK_WORKER_THREADS: '256',
  };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
};

const healthy = async (url: string, exited: Promise<number>): Promise<boolean> => {
  let gone = false;
  exited.then(() => {
    gone = true;
  });
  for (const deadline = Date.now() + startMs; !gone && Date.now() < deadline; await sleep(50)) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.ok && !gone) return true;
  }
  return false;
};

/**
 * Whether a server listens there. It sends no request, so that it works with every engine and
 * certificate.
 */
export const answers = (endpoint: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port, protocol } = new URL(endpoint);
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'https:' ? 443 : 80),
      timeout: 3000,
    });
    const end = (listening: boolean) => () => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
