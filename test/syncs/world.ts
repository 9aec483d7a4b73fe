import { ledgerOn } from '#domain/ledger/ledger.ts';
import { readLedger } from '#domain/ledger/read-ledger.ts';
import { restOn } from '#domain/participants/rest.ts';
import { standingsOn } from '#domain/participants/standings.ts';
import { type Image, type JobMessage, relayImages } from '#domain/publishing/relay-images.ts';
import { type Accepting, type AcceptSync, acceptSync, understood } from '#domain/syncs/accept-sync.ts';
import type { Conducting, Tools } from '#domain/syncs/conduct.ts';
import {
  commitSync,
  continueSync,
  parkSync,
  prepareSync,
  rollbackSync,
  type Way,
} from '#domain/syncs/conductors.ts';
import type { Limits, Sync } from '#domain/syncs/sync.ts';
import { syncsOn } from '#domain/syncs/syncs.ts';
import { wireOf } from '#domain/syncs/token.ts';
import { undoSync } from '#domain/syncs/undo-sync.ts';
import { tellers } from '#domain/telling.ts';
import type { CloudEvent } from '#events/event.ts';
import type { Outside } from '#lib/outside.ts';
import type { Store } from '#lib/table.ts';
import type { Lines } from '#systems/contract.ts';
import type { Manifest } from '#systems/manifest.ts';
import { memoryLedger } from '#table/memory-ledger.ts';
import { memoryTable } from '#table/memory-table.ts';
import { adaptersInProcess } from './adapters-in-process.ts';
import { batchesIn } from './batches.ts';
import { execute, Stopped } from './machine.ts';
import { manifests } from './manifests.ts';
import { type OfficeName, offices, type Reach, wireTo } from './offices.ts';

export const tenant = 'acme';
export const token = 'c9c1e0aa-0000-4000-8000-000000000001';
export const wire = wireOf(tenant, token);
const conductors = {
  Prepare: prepareSync,
  Commit: commitSync,
  Rollback: rollbackSync,
  Continue: continueSync,
  Park: parkSync,
};
/** `outside`, `sftp`: another wire to the offices. `task`: what happens to a conductor's process. */
type Options = {
  systems?: Manifest[];
  attempts?: number;
  limits?: Partial<Limits>;
  outside?: (reach: Reach) => Outside;
  sftp?: (reach: Reach) => Lines['sftp'];
  task?: (run: () => Promise<Way>) => Promise<Way>;
};

/** Syncs on a table in memory: the real operations, conductors, adapter and relay, the state machine's own definition, and offices with their own books. */
export function syncWorld({
  systems = [manifests.debit, manifests.cheques, manifests.dashboard],
  attempts = 5,
  limits = {},
  outside,
  sftp,
  task = (run) => run(),
}: Options = {}) {
  let now = Date.parse('2027-01-15T08:00:00Z');
  const clock = { now: () => now };
  const pass = (ms: number) => {
    now += ms;
  };
  const written: Image[] = [];
  const table = memoryTable({ onWrite: (image) => void written.push(image as Image) });
  const ledger = memoryLedger();
  const store: Store = { table, clock };
  const open = offices({ clock });
  const line = wireTo(open, clock);
  const events: CloudEvent[] = [];
  const paths: string[][] = [];
  const jobs: JobMessage[] = [];
  const answered: (string | undefined)[] = [];
  const batches = batchesIn(store, async (ms) => pass(ms));
  let minted = 0;
  const newId = () => `attempt-${++minted}`;
  const reach: Reach = { ...open, clock, pass };
  const ask = adaptersInProcess({
    lines: {
      rest: restOn({
        outside: outside?.(reach) ?? line.outside,
        secrets: { readSecret: async () => 'secret' },
      }),
      sftp: sftp?.(reach) ?? line.sftp,
    },
    manifests: async (name) =>
      systems.find((system) => system.name === name) ?? manifests[name as OfficeName],
    batches: batches.tools,
    now: clock.now,
  });
  const tools: Tools = {
    ...{
      clock,
      newId,
      limits: { watchdogMs: 120_000, waitMs: 5_000, refusedCommits: 3, legMs: 10_000, ...limits },
    },
    syncs: syncsOn({ table, newId }),
    standings: standingsOn(
      store,
      systems.map(({ name }) => name),
    ),
    keepResult: batches.keepResult,
    ask,
  };
  const accepting: Accepting = {
    ...tools,
    systems: async () => systems,
    keep: async () => {},
    answer: async (sync) => void answered.push(sync.taskToken),
    deadlineMs: 3_600_000,
  };

  const run = async (input: Conducting) => {
    const path = await execute(input, {
      task: (name, data) =>
        task(() => conductors[name as keyof typeof conductors](data as Conducting, tools)),
      wait: async (seconds) => pass(seconds * 1000),
      attempts,
      intervalSeconds: 2,
    }).catch((error: unknown) => {
      if (error instanceof Stopped) return ['stopped'];
      throw error;
    });
    paths.push(path);
  };

  /** The relay and all that it starts, until nothing is left to tell. */
  async function rest(): Promise<void> {
    while (written.length > 0) {
      const started: Conducting[] = [];
      await relayImages(written.splice(0), {
        tellers: tellers(clock, 0),
        bus: { putEvents: async (more) => void events.push(...more) },
        queues: { sendMessages: async (more) => void jobs.push(...more) },
        executions: { startExecution: async (_, input) => void started.push(input as Conducting) },
        record: ledgerOn({ ledger, clock }).record,
        park: async ({ reason }) => Promise.reject(new Error(reason)),
      });
      for (const input of started) await run(input);
    }
  }

  return {
    ...{
      clock,
      table,
      tools,
      accepting,
      events,
      paths,
      rest,
      run,
      store,
      written,
      answered,
      pass,
      jobs,
      batches,
    },
    ...{ next: line.next, calls: line.calls, books: open.books },
    accept: (more: Partial<AcceptSync> = {}) =>
      acceptSync(
        {
          ...{ tenant, token, route: 'events', onCommitFailure: 'retry', asked: {} },
          ...understood('benefit_adjusted', { state: 'OH', delta_usd: 25 }),
          ...more,
        },
        accepting,
      ),
    undo: (by = 'key_1') =>
      undoSync({ tenant, token, by }, { ...tools, look: async () => ({ conflicts: [], complete: true }) }),
    sync: async () => (await tools.syncs.read(tenant, wire)) as Sync,
    ledger: () => readLedger(ledger, tenant, wire),
    effects: (name: OfficeName) => open.books[name].entries().find((entry) => entry.token === wire)?.effects,
    state: (name: OfficeName) => open.books[name].query(wire),
  };
}

export type SyncWorld = ReturnType<typeof syncWorld>;
export { manifestDigest } from '#domain/syncs/plan-sync.ts';
export { manifests };
