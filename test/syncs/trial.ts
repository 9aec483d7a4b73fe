import { runWatchdog } from '#domain/syncs/recovery/watchdog.ts';
import { isEnded, type State, type Sync } from '#domain/syncs/sync.ts';
import { syncsOn } from '#domain/syncs/syncs.ts';
import { type Action, operated, unsafe } from '#domain/syncs/tickets/operate-sync.ts';
import type { Table } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import { watchdogToolsOn } from '#wiring/syncs.ts';
import { Stopped } from './execution-runner.ts';
import { faultyWire, type Speaker } from './faulty-wire.ts';
import { type Cell, nameOf } from './matrix-cells.ts';
import { inOrder, type OfficeName } from './scripted-offices.ts';
import { manifests, outsideToken as onTheWire, type SyncWorld, syncWorld, tenant } from './syncs-world.ts';
import { violationsOf } from './violations.ts';

/**
 * `ordered`: they are asked in the order in which they are given, not in that of their names. `refuses`: this system says no to prepare as well. `stops`: whoever dies takes his whole execution along. `attempts`: so often a task is tried again.
 * `operator`: what he does where it is parked. `step`: happens before every read and write of the sync and before every call.
 */
export type Scenario = {
  systems?: OfficeName[];
  ordered?: boolean;
  onCommitFailure?: 'retry' | 'compensate';
  refuses?: OfficeName;
  stops?: boolean;
  attempts?: number;
  operator?: Action;
  step?: () => Promise<void>;
};
export type Trial = { endings: State[]; fired: Set<string>; violations: string[]; wakes: number };
export const three: OfficeName[] = ['debit', 'cheques', 'dashboard'];
const wakesAtMost = 6;
const watchdogMs = 180_000;

/** A world in which the planned faults happen to the wire and to the conductors. */
export function faultyWorld(
  cells: Cell[],
  { systems = three, ordered, refuses, stops = false, attempts = 5, step }: Scenario = {},
) {
  const chosen = systems.map((name) => manifests[name]);
  let speaker: Speaker = { dead: false, die: () => {} };
  const refusal: Cell[] = refuses
    ? [{ system: refuses, phase: 'prepare', fault: 'a definite no for ever' }]
    : [];
  const outsideToken = faultyWire([...cells, ...refusal], () => speaker, step);
  const world = syncWorld({
    systems: ordered ? inOrder(chosen) : chosen,
    attempts,
    outside: outsideToken.outside,
    sftp: outsideToken.sftp,
    task: (run) =>
      new Promise((resolve, reject) => {
        const mine: Speaker = { dead: false, die: () => {} };
        mine.die = () => {
          mine.dead = true;
          // Whoever comes after it starts when nothing of it moves any more.
          setImmediate(() => reject(stops ? new Stopped() : new Error('The process has died')));
        };
        speaker = mine;
        run().then(resolve, reject);
      }),
  });
  const { syncs } = world.tools;
  if (step) world.tools.syncs = syncsOn({ table: stepping(world.table, step), newId: world.tools.newId });
  return {
    ...world,
    wire: outsideToken,
    calls: outsideToken.calls,
    sync: async () => (await syncs.read(tenant, onTheWire)) as Sync,
  };
}
export type FaultyWorld = ReturnType<typeof faultyWorld>;

const stepping = (table: Table, step: () => Promise<void>): Table => ({
  ...table,
  getItem: (...asked) => step().then(() => table.getItem(...asked)),
  batchGetItems: (...asked) => step().then(() => table.batchGetItems(...asked)),
  putItem: (...asked) => step().then(() => table.putItem(...asked)),
});

/** Brings back what has died: a turn of the product's own watchdog. */
async function watchdog({ tools, platform, rest }: FaultyWorld): Promise<void> {
  await runWatchdog({ ...watchdogToolsOn(platform), syncs: tools.syncs });
  await rest();
}

/** What an operator does with a parked sync. */
export async function operate(
  { tools, sync, rest }: Pick<SyncWorld, 'tools' | 'sync' | 'rest'>,
  action: Action,
): Promise<void> {
  const { syncs, clock, limits } = tools;
  await syncs.change(await sync(), 'operate', (now) =>
    operated(now, { action, reason: 'mended', by: 'op_1' }, clock.now(), limits),
  );
  await rest();
}

/** The relay, the executions, and the watchdog on those that have died, until everything is at rest. Answers how often somebody had to be woken. */
export async function atRest(world: FaultyWorld): Promise<number> {
  await world.rest();
  let wakes = 0;
  for (
    let sync = await world.sync();
    !isEnded(sync) && sync.state !== 'parked' && wakes < wakesAtMost;
    sync = await world.sync()
  ) {
    world.pass(watchdogMs);
    wakes++;
    await watchdog(world);
  }
  const last = world.wire.lastLanding();
  if (last > 0) world.pass(Math.max(0, last - world.clock.now()));
  await world.wire.land(world.clock.now());
  return wakes;
}

const titleOf = (cells: Cell[], scenario: Scenario) =>
  `${cells.map(nameOf).join(' + ')} ${JSON.stringify(scenario)}`;

/**
 * One sync with these faults, looked at wherever it has come to rest: at its end; undone with its token, where that is a success; and with the
 * partners mended and tried again, where it is parked.
 */
export async function trial(cells: Cell[], scenario: Scenario = {}): Promise<Trial> {
  const world = faultyWorld(cells, scenario);
  const found: Trial = { endings: [], fired: world.wire.fired, violations: [], wakes: 0 };
  const look = async (when: string) => {
    const wakes = await atRest(world);
    found.wakes += wakes;
    if (wakes > 0 && !scenario.stops)
      found.violations.push(
        `${titleOf(cells, scenario)} ${when}: no execution was stopped, and nobody went on`,
      );
    found.endings.push((await world.sync()).state);
    found.violations.push(
      ...(await violationsOf(world)).map((said) => `${titleOf(cells, scenario)} ${when}: ${said}`),
    );
  };
  await world.accept({ onCommitFailure: scenario.onCommitFailure ?? 'retry' });
  await look('at its end');
  if ((await world.sync()).state === 'committed' && (await undoes(world))) await look('undone after success');
  const action = scenario.operator ?? 'retry';
  if (!unsafe(await world.sync(), { action })) {
    world.wire.mend();
    await operate(world, action);
    await look('after an operator');
    if (found.endings.at(-1) === 'parked')
      found.violations.push(`${titleOf(cells, scenario)}: all partners are mended, and it is parked again`);
  }
  return found;
}

/** False where a system that cannot be undone has refused it. */
async function undoes(world: FaultyWorld): Promise<boolean> {
  try {
    await world.undo();
    return true;
  } catch (error) {
    const last = (await world.sync()).plan.systems.some(({ undo }) => undo === 'none');
    if (error instanceof Problem && error.code === 'undo-refused' && last) return false;
    throw error;
  }
}
