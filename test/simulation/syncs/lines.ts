import type { AdapterRequest } from '#domain/participants/adapter-messages.ts';
import { httpLine } from '#domain/participants/lines/http/http-line.ts';
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

/** One call that left the house, and how all the systems stood with this change at that moment. */
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
  /** The manifests that the build has now: a deploy changes them. */
  build: Record<Name, Manifest>;
  partners: Partners;
  sent: Sent[];
};

const invokeMs = 20_000;

/** The way from the saga to the outside: an adapter is a process of its own, invoked once, that may die without a word or be frozen before it speaks. */
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

  const invoked = (tenant: string, asking: AdapterRequest): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const process = world.process('adapter', tenant, skew());
      process.died = () => world.after(50, () => reject(new Error('The adapter has died')));
      world.after(invokeMs, () => reject(new Error('The adapter takes too long')));
      const on = platformOf(process);
      participantOn(
        adapter,
        participantToolsOn(on, { ...httpLine, calls: httpLine.call(on.outside) }),
      )(asking).then(resolve, reject);
    });

  const adapters = (process: Process): Platform['adapters'] => ({
    invokeAdapter(_, payload) {
      const asking = payload as AdapterRequest;
      const label = `invoke-${asking.system}.${asking.phase}`;
      const invoke = onceFor(build[asking.system as Name], () => invoked(process.tenant, asking));
      return ports.call(process, label, true, invoke, invokeMs);
    },
  });
  return { outside, adapters };
}

/** The wire repeats no call to a system that cannot recognise it: nobody could do anything about that. */
function onceFor<T>({ capabilities }: Manifest, take: () => Promise<T>): () => Promise<T> {
  let taken: Promise<T> | undefined;
  return capabilities.idempotent === 'none' ? () => (taken ??= take()) : take;
}
