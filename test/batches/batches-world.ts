import { onTestFinished } from 'vitest';
import type { AdapterRequest } from '#domain/participants/adapter-messages.ts';
import { sftpLine } from '#domain/participants/lines/sftp/sftp-line.ts';
import { participantOn } from '#domain/participants/participant.ts';
import { serveCheques } from '#examples/systems/cheques.ts';
import { serveDashboard } from '#examples/systems/dashboard.ts';
import { debitKey, serveDebit } from '#examples/systems/debit.ts';
import { adapter as files } from '#functions/adapters/fixed-width-sftp.ts';
import { httpOutside } from '#lib/outside/http.ts';
import { sftpOutside } from '#lib/outside/sftp.ts';
import type { BatchItem } from '#systems/protocol.ts';
import { type EveryCall, everyLine } from '#test/participants/every-line.ts';
import { handClock } from '#test/platform.ts';
import { manifests, patient } from '#test/syncs/manifests.ts';
import { outsideToken, syncWorld } from '#test/syncs/syncs-world.ts';
import { talk } from '#test/systems/partner-client.ts';
import { localEndpoint } from '#test/systems/programmed-partner.ts';
import { adapterKills, never, type Passing } from './adapter-kills.ts';

export const names = ['debit', 'cheques', 'dashboard'] as const;
export type Name = (typeof names)[number];
export const cents = 2_500;
export const payments = (count: number): BatchItem[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `p-${String(at + 1).padStart(6, '0')}`,
    amount_minor: cents,
  }));

/** An office's own record of the batch. */
export type Entry = {
  syncId: string;
  state: string;
  effects: Record<string, number>;
  items: { count: number; amount_minor: number };
  chunks?: { effects: Record<string, number> }[];
};
/**
 * `dies`: kills the adapter's function at this chunk, before or after it takes effect, once.
 * `before` runs before each call of an adapter.
 */
type Options = {
  legMs?: number;
  dies?: (passing: Passing) => boolean;
  before?: (asked: { system: string; phase: string }) => unknown;
};

/**
 * The three systems as real servers behind their adapters' code, and syncs whose batches are in a
 * bucket in memory.
 */
export async function batchWorld({ legMs = 30_000, dies = () => false, before = () => {} }: Options = {}) {
  const time = handClock();
  const [debit, cheques, dashboard] = await Promise.all([
    serveDebit(time),
    serveCheques(time),
    serveDashboard(time),
  ]);
  const served = { debit, cheques, dashboard };
  onTestFinished(async () => void (await Promise.all(Object.values(served).map((one) => one.close()))));

  const known: Record<string, string> = {
    ...{
      'lockstep/debit': debitKey,
      'lockstep/cheques-host-key': cheques.hostKey,
      'lockstep/cheques-password': cheques.password,
    },
  };
  const secrets = { readSecret: async (name: string) => known[name] as string };
  const endpoint = (name: string) =>
    localEndpoint(name === 'cheques' ? cheques.endpoint : served[name as Name].url);
  const reach = { clock: time.clock, endpoint, secrets };
  // Time that an adapter waits passes for it alone, because the systems are called in parallel.
  const ahead = { ms: 0 };
  const killing = adapterKills(dies);
  const watched = (lines: EveryCall): EveryCall => ({
    rest: async (asked, phase) => {
      const passing = { system: asked.system.name, phase, chunk: asked.chunk?.index ?? 0 };
      if (killing.at({ ...passing, done: false })) return never();
      const reply = await lines.rest(asked, phase);
      return killing.at({ ...passing, done: true }) ? never() : reply;
    },
    sftp: (asked, phase, use) =>
      lines.sftp(asked, phase, (folder) =>
        use({
          ...folder,
          write: (path, bytes, from) => folder.write(path, slices(asked.system.name, phase, bytes), from),
        }),
      ),
  });
  /** The bytes of a file on their way to the mainframe; they stop when the sender is killed. */
  async function* slices(
    system: string,
    phase: string,
    bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ) {
    let sent = 0;
    for await (const piece of bytes) {
      if (killing.at({ system, phase, chunk: Math.floor(sent / sliceBytes), done: false })) await never();
      sent += piece.length;
      yield piece;
    }
  }
  const w = syncWorld({
    ...{ time, attempts: 8, systems: names.map((name) => patient(manifests[name])) },
    settings: { BATCH_LEG_SECONDS: legMs / 1000 },
    outside: () => httpOutside(reach),
    sftp: () => sftpLine.call(sftpOutside(reach)).sftp,
    participants: (usual) => ({
      ...usual,
      line: everyLine(watched(usual.line.calls)),
      batches: {
        ...usual.batches,
        wait: async (ms: number) => {
          ahead.ms += ms;
        },
      },
      now: () => time.clock.now() + ahead.ms,
    }),
    adapters: (usual, tools) => ({
      async invokeAdapter(adapter, payload) {
        const { system, phase } = payload as AdapterRequest;
        if (system === 'debit') ahead.ms = 0;
        await before({ system, phase });
        // The mainframe is a real server, so its adapter waits in real time.
        const asked =
          adapter === 'rest'
            ? usual.invokeAdapter(adapter, payload)
            : participantOn(files, tools)(payload as AdapterRequest);
        return Promise.race([asked, killing.death(system)]);
      },
    }),
  });

  return {
    ...w,
    served,
    /** Accepts a sync of `count` payments of $25. */
    accept: (count: number, more: Parameters<typeof w.accept>[0] = {}) =>
      w.accept({ items: payments(count), route: 'syncs', ...more }),
    misbehave: (name: Name, order: object) =>
      talk(served[name].url).misbehave({ key: outsideToken, ...order }),
    entry: async (name: Name) =>
      (await talk(served[name].url).books()).entries.find(({ token }) => token === outsideToken) as
        | Entry
        | undefined,
    arrivals: async (name: Name) => (await talk(served[name].url).books()).arrivals,
  };
}

const sliceBytes = 500 * 80;
