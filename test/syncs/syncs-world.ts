import { type Image, type JobMessage, relayImages } from '#domain/relay/relay.ts';
import { type AcceptSync, acceptSync, understood } from '#domain/syncs/accept/accept-sync.ts';
import { readLedger } from '#domain/syncs/ledger/ledger.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import type { Execution } from '#domain/syncs/saga/coordinator.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import { undoSync } from '#domain/syncs/undo/undo-sync.ts';
import type { CloudEvent } from '#events/event.ts';
import type { BatchItem } from '#systems/protocol.ts';
import { memoryLedger } from '#table/memory-ledger.ts';
import { memoryObjects } from '#table/memory-objects.ts';
import { memoryTable } from '#table/memory-table.ts';
import { handClock, platformOf } from '#test/platform.ts';
import { settingsOf } from '#test/settings.ts';
import { participantToolsOn } from '#wiring/participants.ts';
import { relayToolsOn } from '#wiring/relay.ts';
import { sagaToolsOn } from '#wiring/saga.ts';
import { batchAcceptingToolsOn, undoingToolsOn } from '#wiring/syncs.ts';
import { adaptersInProcess } from './adapters-in-process.ts';
import { execute, Stopped } from './execution-runner.ts';
import { manifests } from './manifests.ts';
import { pinIn, resultsIn } from './pinned-batches.ts';
import { type OfficeName, offices, type Reach, wireTo } from './scripted-offices.ts';
import { conductors } from './sync-conductors.ts';
import type { Options } from './sync-world-options.ts';

export const tenant = 'acme';
export const syncId = 'c9c1e0aa-0000-4000-8000-000000000001';
export const outsideToken = outsideTokenOf(tenant, syncId);

/**
 * Syncs on a platform in memory: the product's tools, the deployed definition, and offices with
 * their own books.
 */
export function syncWorld({
  time = handClock(),
  systems = [manifests.debit, manifests.cheques, manifests.dashboard],
  attempts = 5,
  settings = {},
  outside,
  sftp,
  participants = (usual) => usual,
  adapters = (usual) => usual,
  task = (run) => run(),
}: Options = {}) {
  const { clock, pass } = time;
  const written: Image[] = [];
  const table = memoryTable({ onWrite: (image) => void written.push(image as Image) });
  const [ledger, objects] = [memoryLedger(), memoryObjects({ pieceBytes: 65_536 })];
  const open = offices({ clock });
  const line = wireTo(open, clock);
  const events: CloudEvent[] = [];
  const paths: string[][] = [];
  const jobs: JobMessage[] = [];
  const answered: string[] = [];
  const started: Execution[] = [];
  const reach: Reach = { ...open, clock, pass };
  const platform = platformOf({
    ...{ clock, table, ledger, objects, wait: async (ms) => pass(ms) },
    outside: outside?.(reach) ?? line.outside,
    settings: settingsOf({ BATCH_LEG_SECONDS: 10, ...settings }),
    systems: {
      names: () => systems.map(({ name }) => name),
      load: async (name) => systems.find((system) => system.name === name) ?? manifests[name as OfficeName],
    },
    bus: { putEvents: async (more) => void events.push(...more) },
    queues: { sendMessages: async (more) => void jobs.push(...more) },
    // Executions run to their end before the watchdog looks, so none is ever running.
    executions: {
      startExecution: async (_, input) => void started.push(input as Execution),
      describeExecution: async () => 'ended',
    },
    tasks: {
      async sendSuccess(syncId) {
        answered.push(syncId);
        return 'answered';
      },
    },
  });
  const adapterTools = participants(participantToolsOn(platform, sftp?.(reach) ?? line.sftp));
  platform.adapters = adapters(adaptersInProcess(adapterTools), adapterTools);
  const tools = sagaToolsOn(platform);
  const { syncs, limits } = tools;
  const accepting = { ...batchAcceptingToolsOn(platform), syncs, limits };

  const run = async (input: Execution) => {
    const path = await execute(input, {
      task: (name, data) => task(() => conductors[name as keyof typeof conductors](data as Execution, tools)),
      wait: async (seconds) => pass(seconds * 1000),
      attempts,
      intervalSeconds: 2,
    }).catch((error: unknown) => {
      if (error instanceof Stopped) return ['stopped'];
      throw error;
    });
    paths.push(path);
  };

  /** Runs the relay and all executions that it starts, until no write is left. */
  async function rest(): Promise<void> {
    const park = async ({ reason }: { reason: string }) => Promise.reject(new Error(reason));
    while (written.length > 0) {
      await relayImages(written.splice(0), { ...relayToolsOn(platform), park });
      for (const input of started.splice(0)) await run(input);
    }
  }

  return {
    ...{
      clock,
      platform,
      table,
      objects,
      tools,
      accepting,
      events,
      paths,
      rest,
      run,
      store: { table, clock },
      written,
      answered,
      pass,
      jobs,
      pin: (items: BatchItem[]) => pinIn(objects, items),
      results: () => resultsIn(objects),
    },
    ...{ next: line.next, calls: line.calls, books: open.books },
    accept: (more: Partial<AcceptSync> = {}) =>
      acceptSync(
        {
          ...{ tenant, syncId, route: 'events', onCommitFailure: 'retry', asked: {} },
          ...understood('benefit_adjusted', { state: 'OH', delta_usd: 25 }),
          ...more,
        },
        accepting,
      ),
    undo: (by = 'key_1') => undoSync({ tenant, syncId, by }, { ...undoingToolsOn(platform), ...tools }),
    sync: async () => (await tools.syncs.read(tenant, outsideToken)) as Sync,
    ledger: () => readLedger(ledger, tenant, outsideToken),
    effects: (name: OfficeName) =>
      open.books[name].entries().find((entry) => entry.token === outsideToken)?.effects,
    state: (name: OfficeName) => open.books[name].query(outsideToken),
  };
}

export type SyncWorld = ReturnType<typeof syncWorld>;
export { manifestDigest } from '#domain/syncs/accept/plan-sync.ts';
export { manifests };
