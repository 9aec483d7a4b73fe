import { runWatchdog } from '#domain/syncs/recovery/watchdog.ts';
import { isEnded, type State } from '#domain/syncs/sync.ts';
import { type Action, operated, unsafe } from '#domain/syncs/tickets/operate-sync.ts';
import { Problem } from '#lib/problem.ts';
import { watchdogToolsOn } from '#wiring/syncs.ts';
import { type FaultyWorld, faultyWorld, type Scenario } from './faulty-world.ts';
import { type Cell, nameOf } from './matrix-cells.ts';
import type { SyncWorld } from './syncs-world.ts';
import { violationsOf } from './violations.ts';

export type Trial = { endings: State[]; fired: Set<string>; violations: string[]; wakes: number };
const wakesAtMost = 6;
const watchdogMs = 180_000;

/** Runs the product's own watchdog once. */
async function watchdog({ tools, platform, rest }: FaultyWorld): Promise<void> {
  await runWatchdog({ ...watchdogToolsOn(platform), syncs: tools.syncs });
  await rest();
}

/** An operator's action on a parked sync. */
export async function operate(
  { tools, sync, rest }: Pick<SyncWorld, 'tools' | 'sync' | 'rest'>,
  action: Action,
): Promise<void> {
  const { syncs, clock, limits } = tools;
  await syncs.change(await sync(), 'operate', (now) =>
    operated(now, { action, reason: 'repaired', by: 'op_1' }, clock.now(), limits),
  );
  await rest();
}

/**
 * Runs relay, executions and watchdog until everything is at rest. Returns how often the watchdog
 * woke the sync.
 */
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
 * One sync with these faults, checked at each rest: at its end, after an undo where it committed,
 * and after an operator's action where it is parked.
 */
export async function trial(cells: Cell[], scenario: Scenario = {}): Promise<Trial> {
  const world = faultyWorld(cells, scenario);
  const found: Trial = { endings: [], fired: world.wire.fired, violations: [], wakes: 0 };
  const look = async (when: string) => {
    const wakes = await atRest(world);
    found.wakes += wakes;
    if (wakes > 0 && !scenario.stops)
      found.violations.push(
        `${titleOf(cells, scenario)} ${when}: no execution was stopped, and none continued`,
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
    world.wire.repair();
    await operate(world, action);
    await look('after an operator');
    if (found.endings.at(-1) === 'parked')
      found.violations.push(`${titleOf(cells, scenario)}: all partners are repaired, and it is parked again`);
  }
  return found;
}

/** False where a system that cannot be undone refuses the undo. */
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
