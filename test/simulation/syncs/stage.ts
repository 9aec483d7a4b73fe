import type { Execution as Conducting } from '#domain/syncs/saga/coordinator.ts';
import { isEnded, type Sync } from '#domain/syncs/sync.ts';
import type { MemoryTable } from '#table/memory-table.ts';
import { settingsOf } from '#test/settings.ts';
import type { Faults } from '#test/simulation/engine/faults.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import { everyMinute } from '#test/simulation/engine/schedule.ts';
import { type Ground, groundOf } from '#test/simulation/engine/stage.ts';
import type { Process, World } from '#test/simulation/engine/world.ts';
import { consumers } from './consumers.ts';
import { type Conductor, functions } from './functions.ts';
import { linesOn, type Sent } from './lines.ts';
import { type Execution, type Machine, machineOn } from './machine.ts';
import { type Hooked, type Mood, type Partners, partnersOn } from './partners.ts';
import { type Name, systems } from './systems.ts';

/** One write of a sync: the process that made it, and the epoch of its execution, if any. */
export type Written = {
  at: number;
  process: string;
  epoch: number | undefined;
  image: Sync;
  before: Sync | undefined;
};
export type Setting = {
  seed: number;
  faults: (random: Random) => Faults;
  taking: Name[];
  holdMs: number;
  mood: (system: Name, call: string, outsideToken: string) => Mood | undefined;
  /** No event reports failed executions, so that only the watchdog finds them. */
  ruleless?: boolean;
  entered?: (execution: Execution, state: string, machine: Machine, world: World) => void;
};
export type Stage = Ground & {
  build: typeof systems;
  writes: Written[];
  sent: Sent[];
  partners: Partners;
  machine: Machine;
};

const againMs = 20_000;
const tries = 200;
const settings = settingsOf({ BATCH_LEG_SECONDS: 10, SETTLE_MARGIN_SECONDS: 0 });

/** Makes a stage with everything on it and nothing in progress. */
export function makeStage({ seed, faults, taking, holdMs, mood, entered, ruleless = false }: Setting): Stage {
  const [writes, sent]: [Written[], Sent[]] = [[], []];
  const epochs = new WeakMap<Process, number>();
  const build = { ...systems };
  const ground = groundOf({
    ...{ seed, faults, settings, skewMs: 500, ...consumers },
    own: (process, { ports }) => ({
      outside: lines.outside(process),
      adapters: lines.adapters(process),
      executions: {
        startExecution: (name, input) =>
          ports.call(process, 'start', false, async () => machine.start(name, input)),
        describeExecution: (name) => ports.call(process, 'describe', false, async () => machine.state(name)),
      },
      systems: { names: () => taking, load: async (name) => build[name as Name] },
    }),
    wrote({ at, by, image, before }) {
      if (typeof image.due === 'number') watchdog.expect(image.due);
      if (image.sk !== 'sync') return true;
      const maker = { process: by?.name ?? '', epoch: by && epochs.get(by) };
      writes.push({ at, ...maker, image: image as Sync, before: before as Sync | undefined });
      return true;
    },
  });
  const { world, random, table, platformOf, skew, faulty } = ground;
  /** A process that is started again, a while after a crash or failure, up to `left` times. */
  const persistent = (
    name: string,
    tenant: string,
    { left, everyMs }: { left: number; everyMs: number },
    work: (process: Process) => Promise<unknown>,
  ): void => {
    const process = world.process(name, tenant, skew());
    const again = () =>
      left > 0 && world.after(everyMs, () => persistent(name, tenant, { left: left - 1, everyMs }, work));
    process.died = again;
    work(process).catch(again);
  };

  /** A system's late answer, repeated until the hook accepts it. */
  const hook = (said: Hooked) =>
    persistent('hook', said.tenant, { left: tries, everyMs: againMs }, (process) =>
      functions.receiveAnswer(platformOf(process), said),
    );
  /**
   * EventBridge's event of a failed execution. Delivery is best effort, so it is sometimes lost.
   */
  const failed = (input: Conducting): void => {
    if (ruleless || (faulty() && random.chance(0.3))) return;
    world.after(faulty() ? random.between(10, 5_000) : 10, () =>
      persistent('rule', input.tenant, { left: 5, everyMs: 90_000 }, (process) =>
        functions.recover(platformOf(process), input),
      ),
    );
  };
  const partners: Partners = partnersOn({ world, holdMs, mood, hook });
  const lines = linesOn(ground, { build, partners, sent });
  const machine: Machine = machineOn({
    ...{ world, failed },
    entered: (execution, state) => entered?.(execution, state, machine, world),
    task: (name, input) =>
      new Promise((resolve, reject) => {
        const process = world.process(name, input.tenant, skew());
        epochs.set(process, input.epoch);
        process.died = () => world.after(100, () => reject(new Error('The function has died')));
        functions.runStep(platformOf(process), name as Conductor, input).then(resolve, reject);
      }),
  });
  const watchdog = everyMinute(world, {
    due: () => Math.min(...syncsIn(table).map(dueOf)),
    turn: () => {
      functions.watchdog(platformOf(world.process('watchdog', '', skew()))).catch(() => undefined);
    },
  });
  return { ...ground, build, writes, sent, partners, machine };
}

const dueOf = (sync: Sync): number =>
  isEnded(sync) || sync.state === 'parked'
    ? Number.POSITIVE_INFINITY
    : (sync.due ?? Number.POSITIVE_INFINITY);
export const syncsIn = (table: MemoryTable): Sync[] =>
  [...table.items()].filter(({ sk }) => sk === 'sync') as Sync[];
