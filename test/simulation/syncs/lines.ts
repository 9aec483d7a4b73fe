import { findManifestOn } from '#domain/participants/find-manifest.ts';
import { participantOn } from '#domain/participants/participant.ts';
import { restOn } from '#domain/participants/rest.ts';
import type { Asked, Heard } from '#domain/syncs/conduct.ts';
import { adapter } from '#functions/adapters/rest.ts';
import { type Outside, Unreached } from '#lib/outside.ts';
import type { Table } from '#lib/table.ts';
import type { Manifest } from '#systems/manifest.ts';
import { noBatches } from '#test/participants/no-batches.ts';
import { noFiles } from '#test/participants/no-files.ts';
import type { Ports } from '#test/simulation/ports.ts';
import type { Process, World } from '#test/simulation/world.ts';
import type { Partners } from './partners.ts';
import { digestOf, type Name } from './systems.ts';

/** One call that left the house, and how all the systems stood with this change at that moment. */
export type Sent = {
  at: number;
  tenant: string;
  wire: string;
  system: Name;
  call: string;
  key: string;
  stood: Record<string, string>;
};
type Tools = {
  world: World;
  ports: Ports;
  table: Table;
  /** The manifests that the build has now: a deploy changes them. */
  build: Record<Name, Manifest>;
  partners: Partners;
  sent: Sent[];
  skew: () => number;
};

const invokeMs = 20_000;

/** The way from a conductor to the outside: an adapter is a process of its own, invoked once, that may die without a word or be frozen before it speaks. */
export function linesOn({ world, ports, table, build, partners, sent, skew }: Tools) {
  const manifests = (process: Process) =>
    findManifestOn({
      table: ports.table(process, table),
      digestOf,
      load: async (name) => build[name as Name],
    });

  const outside =
    (process: Process): Outside =>
    async (asked) => {
      const left = asked.notAfter - process.clock.now();
      if (left <= 0) throw new Unreached('too-late');
      const { system, call, key, about: wire = '' } = asked;
      const at = world.clock.now();
      const timeoutMs = system.calls[call]?.timeoutMs ?? system.timeoutMs;
      const stood = Object.fromEntries(
        Object.entries(partners.books).map(([name, books]) => [name, books.query(wire)]),
      );
      sent.push({ at, tenant: process.tenant, wire, system: system.name as Name, call, key, stood });
      const landsMs = left + Math.min(timeoutMs, system.capabilities.settlesWithinMs) - 50;
      const receive = onceFor(system, async () => partners.receive(asked, process.tenant, at));
      return ports.call(process, `${system.name}.${call}`, true, receive, Math.min(timeoutMs, left), landsMs);
    };

  const secrets = (process: Process) => ({
    readSecret: () => ports.call(process, 'secret', false, async () => 'a secret'),
  });

  const invoked = (tenant: string, { system: { name, digest }, ...asked }: Asked): Promise<Heard> =>
    new Promise((resolve, reject) => {
      const process = world.process('adapter', tenant, skew());
      process.died = () => world.after(50, () => reject(new Error('The adapter has died')));
      const lines = { rest: restOn({ outside: outside(process), secrets: secrets(process) }), sftp: noFiles };
      const hub = participantOn(adapter, {
        lines,
        batches: noBatches,
        manifests: manifests(process),
        now: process.clock.now,
        tell: () => {},
      });
      world.after(invokeMs, () => reject(new Error('The adapter takes too long')));
      hub({ ...asked, system: name, digest }).then(resolve, reject);
    });

  /** What a conductor asks with: an adapter that cannot be invoked, or fails, has said nothing, and the call may have been made. */
  return (process: Process) =>
    async (asked: Asked): Promise<Heard> => {
      const label = `invoke-${asked.system.name}.${asked.phase}`;
      const reason = 'its adapter could not be reached';
      return ports
        .call(
          process,
          label,
          true,
          onceFor(asked.system, () => invoked(process.tenant, asked)),
          invokeMs,
        )
        .catch(
          (): Heard => ({
            said:
              asked.phase === 'query'
                ? { stands: 'unknown', reason }
                : { vote: 'unknown', reason, sent: true },
          }),
        );
    };
}

/** The wire repeats no call to a system that cannot recognise it: nobody could do anything about that. */
function onceFor<T>(
  system: { idempotent: string } | { capabilities: { idempotent: string } },
  take: () => Promise<T>,
): () => Promise<T> {
  let taken: Promise<T> | undefined;
  const { idempotent } = 'capabilities' in system ? system.capabilities : system;
  return idempotent === 'none' ? () => (taken ??= take()) : take;
}
