import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endpointOf, serveSystems } from '#examples/systems/serve.ts';
import { baseUrlOf, deploy, type Settings } from './deploy.ts';
import { openEngine } from './engine.ts';
import { checkout, openInstance } from './folder.ts';
import { announce, findRunning, type Running, withdraw } from './running.ts';
import { say as sayWords } from './say.ts';
import { putSecrets } from './secrets.ts';

export type Up = {
  /** Overrides of the settings in cdk.json, by their names there. */
  settings?: Settings;
  /** False for one of your own, beside a running `start`: the command line does not find it. */
  announced?: boolean;
  /** How CDK runs the app; without it, the product's. */
  app?: string;
  say?: (line: string) => void;
};

/** Brings up everything that Lockstep needs on this machine: an engine, the outside systems, the product's stack. `close` takes all of it away. */
export const up = async ({
  settings = {},
  announced = true,
  app,
  say = sayWords,
}: Up = {}): Promise<Running & { close(): Promise<void> }> => {
  const other = announced ? await findRunning() : undefined;
  if (other)
    throw new Error(
      `Lockstep already runs at ${other.baseUrl} (process ${other.pid}): use it, or stop it first.`,
    );
  const instance = openInstance();
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const shut of opened.splice(0).reverse()) await shut();
  };
  try {
    const engine = await openEngine({ instance, say });
    opened.push(async () => rmSync(instance, { recursive: true, force: true }), engine.close);
    say(`Engine at ${engine.endpoint}.`);
    const { systems, records, switchboard, ...served } = await serve();
    opened.push(served.close);
    await putSecrets(engine, served.secrets);
    const outputs = await deploy({ engine, instance, settings, systems: records, say, ...(app && { app }) });
    const { endpoint, region, env } = engine;
    const running = {
      pid: process.pid,
      endpoint,
      region,
      env,
      baseUrl: baseUrlOf(endpoint, outputs),
      outputs,
      systems,
      switchboard,
    };
    if (announced) announce(running);
    opened.push(async () => withdraw(process.pid));
    return { ...running, close };
  } catch (error) {
    opened.shift(); // the instance's folder stays: the sentence names a log in it
    await close();
    throw error;
  }
};

/** The outside systems, in this process. Functions that run in a container reach them under `SYSTEMS_HOST`, so then they listen on every address. */
const serve = async () => {
  const host = process.env.SYSTEMS_HOST ?? '127.0.0.1';
  const served = await serveSystems({ host: host === '127.0.0.1' ? host : '0.0.0.0' });
  const at = (name: string, url: string) => url.replace(/(?<=\/\/)[^:/]+/, name);
  const all = Object.entries(served.systems);
  const systems = Object.fromEntries(all.map(([name, { url }]) => [name, { url: at('127.0.0.1', url) }]));
  const endpoints = all.map(([name, system]) => [name, { endpoint: at(host, endpointOf(system)) }] as const);
  return { ...served, systems, records: localRecords(Object.fromEntries(endpoints)) };
};

/** A record for every manifest of the checkout: on a laptop any system may speak plain HTTP at a private address. */
const localRecords = (endpoints: Record<string, { endpoint: string }>): Record<string, object> => {
  const files = readdirSync(join(checkout, 'systems')).filter((file) => file.endsWith('.json'));
  const names = files.map((file) => file.slice(0, -'.json'.length));
  return Object.fromEntries(
    names.map((name) => [name, { ...endpoints[name], plainHttp: true, privateAddresses: true }]),
  );
};
