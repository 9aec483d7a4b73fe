import { onTestFinished } from 'vitest';
import type { AdapterReply, AdapterRequest, CallLog } from '#domain/participants/adapter-messages.ts';
import { fileLineOn } from '#domain/participants/files/file-line.ts';
import { jsonCallsOn } from '#domain/participants/http/json-call.ts';
import { participantOn } from '#domain/participants/participant.ts';
import { manifestDigest } from '#domain/syncs/accept/plan-sync.ts';
import { systemClock } from '#lib/clock.ts';
import { httpOutside } from '#lib/outside/http.ts';
import { sftpOutside } from '#lib/outside/sftp.ts';
import { type Manifest, manifest } from '#systems/manifest.ts';
import type { Adapter, Phase } from '#systems/protocol.ts';
import { noBatches } from '#test/participants/no-batches.ts';
import { talk } from '#test/systems/partner-client.ts';
import { localEndpoint } from '#test/systems/programmed-partner.ts';
import type { Order } from './protocols.ts';

declare global {
  /**
   * The part of Vite's `import.meta.glob` that is used here; its own types conflict with Node's.
   */
  interface ImportMeta {
    glob<T = unknown>(pattern: string, options: { eager: true; import?: string }): Record<string, T>;
    glob<T = unknown>(pattern: string): Record<string, () => Promise<T>>;
  }
}

/**
 * `sftp`, `hostKey`: the address and host key of a system that takes files; its `url` is then the
 * control panel.
 */
type Served = {
  url: string;
  sftp?: string;
  hostKey?: string;
  password?: string;
  kill: () => Promise<void>;
  close: () => Promise<void>;
};
type Serve = (at: { clock: typeof systemClock; apiKey?: string; password?: string }) => Promise<Served>;
type Entry = { token: string; effects: Record<string, number> };

/** Every adapter, by name. */
export const adapters = Object.entries(
  import.meta.glob<{ adapter: Adapter }>('/functions/adapters/*.ts', { eager: true }),
).map(([file, { adapter }]) => [nameIn(file), adapter] as const);

/** Every system that takes part in syncs, of the product and of the tests. */
export const participants: Manifest[] = Object.values({
  ...import.meta.glob('/systems/*.json', { eager: true, import: 'default' }),
  ...import.meta.glob('/test/participants/*.json', { eager: true, import: 'default' }),
})
  .map((json) => manifest.parse(json))
  .filter(({ adapter }) => adapter);

/** Each adapter with each of its systems. */
export const pairs = adapters.flatMap(([name, adapter]) =>
  participants
    .filter((system) => system.adapter === name)
    .map((system) => [name, system.name, adapter, system] as const),
);

/** The stand-in of a system is the file of its name. */
const standIns = import.meta.glob<Record<string, Serve>>('/examples/systems/*.ts');

/** A secret that only its own system may see. */
export const canary = 'canary-f1b0d2c4';
export const outsideToken = '8d3f6c1e-5b7a-5c2d-9e4f-1a2b3c4d5e6f';
export const payload = { state: 'OH', delta_usd: 25 };

type Tools = { adapter: Adapter; system: Manifest; url: string; secret?: string; hostKey?: string };

/** A system behind everything that its adapter's function runs, over a real network. */
export function participantAt({ adapter, system, url, secret = canary, hostKey = '' }: Tools) {
  const log: CallLog[] = [];
  const acceptedAt = Date.now();
  const secrets = {
    readSecret: async (name: string) => (name === system.secrets['host-key'] ? hostKey : secret),
  };
  const at = { clock: systemClock, endpoint: () => localEndpoint(url), secrets };
  const hub = participantOn(adapter, {
    lines: { rest: jsonCallsOn({ outside: httpOutside(at) }), sftp: fileLineOn(sftpOutside(at)) },
    batches: noBatches,
    manifests: async () => system,
    now: systemClock.now,
    tell: (line) => void log.push(line),
  });
  const invoke = (phase: Phase | 'query', more: Partial<AdapterRequest> = {}): Promise<AdapterReply> =>
    hub({
      ...{
        system: system.name,
        digest: manifestDigest(system),
        phase,
        outsideToken,
        key: `${outsideToken}:${system.name}:${phase}:0`,
      },
      ...{ type: 'benefit.adjusted', payload, acceptedAt, notAfter: Date.now() + 20_000 },
      ...{ tenant: 'acme', basis: '' },
      ...more,
    });
  return {
    log,
    invoke,
    ask: async (phase: Phase | 'query', more?: Partial<AdapterRequest>) => (await invoke(phase, more)).said,
  };
}

/** A system's stand-in and its participant for one test, after the phases `before`. */
export async function openParticipant(adapter: Adapter, system: Manifest, before: Phase[] = []) {
  const { url, sftp, hostKey, password, kill, close } = await serveStandIn(system);
  onTestFinished(close);
  const over = { url: sftp ?? url, ...(hostKey && { hostKey }), ...(password && { secret: password }) };
  const participant = participantAt({ adapter, system: patient(system), ...over });
  for (const phase of before) await participant.ask(phase);
  const { misbehave, books } = talk(url);
  return {
    ...participant,
    kill,
    misbehave: ({ call, behaviour, delayMs = 0 }: Order) => misbehave({ call, behaviour, delayMs }),
    books,
    effects: async () =>
      ((await books()).entries as Entry[]).find((entry) => entry.token === outsideToken)?.effects ?? {},
  };
}

async function serveStandIn({ name, secrets }: Manifest): Promise<Served> {
  const served = await standIns[`/examples/systems/${name}.ts`]?.();
  const serve = Object.entries(served ?? {}).find(([word]) => word.startsWith('serve'))?.[1];
  if (!serve) throw new Error(`${name} has no stand-in: examples/systems/${name}.ts exports none`);
  return serve({
    clock: systemClock,
    ...(Object.keys(secrets).length > 0 && { apiKey: canary, password: canary }),
  });
}

/** Raises the manifest's time limits, so that a busy machine causes no outage here. */
const patient = (system: Manifest): Manifest => ({
  ...system,
  calls: Object.fromEntries(
    Object.entries(system.calls).map(([name, call]) => [name, { ...call, timeoutMs: 10_000 }]),
  ),
});

function nameIn(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1, -'.ts'.length);
}
