import type { Sync } from '#domain/syncs/sync.ts';
import { syncsOn } from '#domain/syncs/syncs.ts';
import type { Action } from '#domain/syncs/tickets/operate-sync.ts';
import type { Table } from '#lib/aws/table.ts';
import { Stopped } from './execution-runner.ts';
import { faultyWire, type Speaker } from './faulty-wire.ts';
import type { Cell } from './matrix-cells.ts';
import { inOrder, type OfficeName } from './scripted-offices.ts';
import { manifests, outsideToken as onTheWire, syncWorld, tenant } from './syncs-world.ts';

/**
 * `ordered`: systems keep the given order. `refuses`: this system also refuses prepare. `stops`:
 * a crash stops the whole execution. `operator`: the action at a ticket. `step`: runs before each
 * read, write and call.
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
export const three: OfficeName[] = ['debit', 'cheques', 'dashboard'];

/** A world whose lines and conductors have the planned faults. */
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
          // The next process starts when nothing of the dead one moves any more.
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
