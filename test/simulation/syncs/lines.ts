import type { AdapterRequest } from '#domain/participants/adapter-messages.ts';
import { participantOn } from '#domain/participants/participant.ts';
import { adapter } from '#functions/adapters/rest.ts';
import { type Outside, Unreached } from '#lib/outside/outside.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Ground } from '#test/simulation/engine/stage.ts';
import type { Process } from '#test/simulation/engine/world.ts';
import { participantToolsOn } from '#wiring/participants.ts';
import type { Platform } from '#wiring/platform.ts';
import type { Partners } from './partners.ts';
import type { Name } from './systems.ts';

/** A call to an outside system, with the state of all systems at that moment. */
export type Sent = {
  at: number;
  tenant: string;
  outsideToken: string;
  system: Name;
  call: string;
  key: string;
  stood: Record<string, string>;
};
type Tools = {
  /** The build's manifests, which a deploy changes. */
  build: Record<Name, Manifest>;
  partners: Partners;
  sent: Sent[];
};

const invokeMs = 20_000;

/**
 * The path from the saga to the systems. An adapter is its own process, invoked once, that may
 * crash or freeze before it answers.
 */
export function linesOn(ground: Ground, { build, partners, sent }: Tools) {
  const { world, ports, platformOf, skew } = ground;

  const outside =
    (process: Process): Outside =>
    async (asked) => {
      const left = asked.notAfter - process.clock.now();
      if (left <= 0) throw new Unreached('too-late');
      if (Object.keys(asked.system.secrets).length > 0)
        await ports.call(process, 'secret', false, async () => 'a secret');
      const { system, call, key, about: outsideToken = '' } = asked;
      const at = world.clock.now();
      const timeoutMs = system.calls[call]?.timeoutMs ?? system.timeoutMs;
      const stood = Object.fromEntries(
        Object.entries(partners.books).map(([name, books]) => [name, books.query(outsideToken)]),
      );
      sent.push({ at, tenant: process.tenant, outsideToken, system: system.name as Name, call, key, stood });
      const landsMs = left + Math.min(timeoutMs, system.capabilities.settlesWithinMs) - 50;
      const receive = onceFor(system, async () => partners.receive(asked, process.tenant, at));
      return ports.call(process, `${system.name}.${call}`, true, receive, Math.min(timeoutMs, left), landsMs);
    };

  const invoked = (tenant: string, request: AdapterRequest): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const process = world.process('adapter', tenant, skew());
      process.died = () => world.after(50, () => reject(new Error('The adapter has died')));
      world.after(invokeMs, () => reject(new Error('The adapter takes too long')));
      participantOn(adapter, participantToolsOn(platformOf(process)))(request).then(resolve, reject);
    });

  const adapters = (process: Process): Platform['adapters'] => ({
    invokeAdapter(_, payload) {
      const request = payload as AdapterRequest;
      const label = `invoke-${request.system}.${request.phase}`;
      const invoke = onceFor(build[request.system as Name], () => invoked(process.tenant, request));
      return ports.call(process, label, true, invoke, invokeMs);
    },
  });
  return { outside, adapters };
}

/**
 * The network repeats no call to a system that cannot recognise a repeat, as nothing could
 * correct that.
 */
function onceFor<T>({ capabilities }: Manifest, take: () => Promise<T>): () => Promise<T> {
  let taken: Promise<T> | undefined;
  return capabilities.idempotent === 'none' ? () => (taken ??= take()) : take;
}
