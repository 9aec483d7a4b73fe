import { keepManifestsOn } from '#domain/participants/keep-manifests.ts';
import { standingsOn } from '#domain/participants/standings.ts';
import { type AcceptSync, acceptSync, understood } from '#domain/syncs/accept-sync.ts';
import type { Asked, Conducting, Heard, Tools } from '#domain/syncs/conduct.ts';
import { commitSync, continueSync, parkSync, prepareSync, rollbackSync } from '#domain/syncs/conductors.ts';
import { openSyncs } from '#domain/syncs/open-syncs.ts';
import { recoverSync } from '#domain/syncs/recover-sync.ts';
import { receiveAnswer } from '#domain/syncs/recovery/receive-answer.ts';
import { syncsOn } from '#domain/syncs/syncs.ts';
import { undoSync } from '#domain/syncs/undo-sync.ts';
import type { Table } from '#lib/table.ts';
import type { Ports } from '#test/simulation/ports.ts';
import type { Random } from '#test/simulation/random.ts';
import type { Process } from '#test/simulation/world.ts';
import type { Machine } from './machine.ts';
import type { Hooked } from './partners.ts';
import { digestOf, type Name, systems } from './systems.ts';

export const limits = { watchdogMs: 120_000, waitMs: 5_000, refusedCommits: 3, legMs: 10_000 };
export const conductors = {
  Prepare: prepareSync,
  Commit: commitSync,
  Rollback: rollbackSync,
  Continue: continueSync,
  Park: parkSync,
};
export type Conductor = keyof typeof conductors;
export type Wanted = {
  tenant: string;
  token: string;
  delta: number;
  deadlineMs: number;
  onCommitFailure: 'retry' | 'compensate';
};

type Given = {
  ports: Ports;
  random: Random;
  table: Table;
  machine: () => Machine;
  ask: (process: Process) => (asked: Asked) => Promise<Heard>;
  taking: Name[];
};

/** Nobody here builds upon another's change. */
const nothingLater = async () => ({ conflicts: [], complete: true });

/** What each function of the product does, in a process of its own: the real operations, on tools whose every call can be the process's last. */
export function processesOn({ ports, random, table, machine, ask, taking }: Given) {
  const tools = (process: Process): Tools => {
    const store = { table: ports.table(process, table), clock: process.clock };
    return {
      ...{ clock: process.clock, newId: random.id, limits, ask: ask(process) },
      syncs: syncsOn({ table: store.table, newId: random.id }),
      standings: standingsOn(store, Object.keys(systems)),
      keepResult: async () => Promise.reject(new Error('There are no batches here')),
    };
  };
  const executions = (process: Process) => ({
    describeExecution: (name: string) =>
      ports.call(process, 'describe', false, async () => machine().state(name)),
  });

  async function accept(
    process: Process,
    { tenant, token, delta, deadlineMs, onCommitFailure }: Wanted,
    arrived: number,
  ): Promise<string> {
    const keep = keepManifestsOn({ table: ports.table(process, table), digestOf });
    const said = understood('benefit_adjusted', { state: 'OH', delta_usd: delta });
    const command: AcceptSync = {
      tenant,
      token,
      route: 'syncs',
      ...said,
      deadline: arrived + deadlineMs,
      onCommitFailure,
      asked: {},
    };
    const accepting = {
      ...tools(process),
      systems: async () => taking.map((name) => systems[name]),
      keep,
      deadlineMs,
      answer: async () => {},
    };
    const { replayed } = await acceptSync(command, accepting);
    return replayed ? 'replayed' : 'accepted';
  }

  return {
    accept,
    undo: async (process: Process, tenant: string, token: string) =>
      (await undoSync({ tenant, token, by: 'its caller' }, { ...tools(process), look: nothingLater })).state,
    hear: (process: Process, said: Hooked) => receiveAnswer(said, tools(process)),
    conduct: (process: Process, name: Conductor, input: Conducting) =>
      conductors[name](input, tools(process)),
    recover: (process: Process, input: Conducting) =>
      recoverSync(input, { ...tools(process), executions: executions(process) }),

    /** One turn of the watchdog: everything that is due and does not wait for a person. */
    async watch(process: Process): Promise<void> {
      const given = tools(process);
      for await (const sync of openSyncs({ table: ports.table(process, table) }))
        if (sync.state !== 'parked' && sync.due <= process.clock.now())
          await recoverSync(sync, { ...given, executions: executions(process) });
    },
  };
}

export type Processes = ReturnType<typeof processesOn>;
