import type { Image } from '#domain/publishing/relay-images.ts';
import { isEnded, type Sync } from '#domain/syncs/sync.ts';
import { type MemoryTable, memoryTable } from '#table/memory-table.ts';
import { count, type Faults } from '#test/simulation/faults.ts';
import { portsOf } from '#test/simulation/ports.ts';
import { type Random, randomFrom } from '#test/simulation/random.ts';
import { makeWorld, type Process, type World } from '#test/simulation/world.ts';
import { linesOn, type Sent } from './lines.ts';
import { type Execution, type Machine, machineOn } from './machine.ts';
import { type Mood, type Partners, partnersOn } from './partners.ts';
import { type Platform, platformOn } from './platform.ts';
import { type Conductor, type Processes, processesOn } from './processes.ts';
import { type Name, systems } from './systems.ts';

/** One write of a sync: `process` is who made it, `epoch` the execution that he works for, if any. */
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
  mood: (system: Name, call: string, wire: string) => Mood | undefined;
  /** Nobody is told of executions that have failed: only the watchdog finds them. */
  ruleless?: boolean;
  entered?: (execution: Execution, state: string, machine: Machine, world: World) => void;
};
export type Stage = {
  world: World;
  random: Random;
  faults: Faults;
  build: typeof systems;
  table: MemoryTable;
  ledger: MemoryTable;
  writes: Written[];
  sent: Sent[];
  partners: Partners;
  machine: Machine;
  processes: Processes;
  platform: Platform;
  calls: Map<string, number>;
  skew: () => number;
};

const skewedMs = 500;

/** A stage with everything on it, and nothing under way. */
export function makeStage({
  seed,
  faults: faultsFrom,
  taking,
  holdMs,
  mood,
  entered,
  ruleless = false,
}: Setting): Stage {
  const random = randomFrom(seed);
  const world = makeWorld();
  const faults = faultsFrom(random);
  const calls = new Map<string, number>();
  const [writes, sent]: [Written[], Sent[]] = [[], []];
  const epochs = new WeakMap<Process, number>();
  let writer: Process | undefined;
  const skew = () => (faults.on ? Math.floor(random.between(-skewedMs, skewedMs)) : 0);
  const faulty = () => faults.on && faults.shuffles;

  const table = memoryTable({
    frozen: true,
    onWrite: (item, _, before) => {
      platform.wrote(item as Image);
      if (item.sk !== 'sync') return;
      const by = { process: writer?.name ?? '', epoch: writer && epochs.get(writer) };
      writes.push({ at: world.clock.now(), ...by, image: item as Sync, before: before as Sync | undefined });
    },
  });
  const ledger = memoryTable({ frozen: true });
  const heard = (process: Process, label: string) => {
    writer = process;
    count(calls, `${process.name}.${label}`);
  };
  const ports = portsOf({ world, random, faults, heard });
  const partners: Partners = partnersOn({ world, holdMs, mood, hook: (said) => platform.hooked(said) });
  const build = { ...systems };
  const ask = linesOn({ world, ports, table, build, partners, sent, skew });
  const processes = processesOn({ ports, random, table, machine: () => machine, ask, taking });
  const machine: Machine = machineOn({
    world,
    entered: (execution, state) => entered?.(execution, state, machine, world),
    failed: (input) => ruleless || platform.failed(input),
    task: (name, input) =>
      new Promise((resolve, reject) => {
        const process = world.process(name, input.tenant, skew());
        epochs.set(process, input.epoch);
        process.died = () => world.after(100, () => reject(new Error('The function has died')));
        processes.conduct(process, name as Conductor, input).then(resolve, reject);
      }),
  });
  const platform: Platform = platformOn({
    world,
    random,
    ports,
    ledger,
    machine: () => machine,
    processes,
    skew,
    faulty,
  });
  platform.dueFrom(() =>
    Math.min(
      ...syncsIn(table).map((sync) =>
        isEnded(sync) || sync.state === 'parked' ? never : (sync.due ?? never),
      ),
    ),
  );
  return {
    world,
    random,
    faults,
    table,
    ledger,
    writes,
    sent,
    partners,
    machine,
    processes,
    platform,
    calls,
    build,
    skew,
  };
}

const never = Number.POSITIVE_INFINITY;
export const syncsIn = (table: MemoryTable): Sync[] =>
  [...table.items()].filter(({ sk }) => sk === 'sync') as Sync[];
