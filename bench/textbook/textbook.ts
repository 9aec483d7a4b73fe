import type { Cloud } from '#bench/cloud.ts';
import type { Offices } from '#bench/office-books.ts';
import { type Ended, machineOf } from '#bench/task-runner.ts';
import type { Definition } from '#infra/stacks/sync-definition.ts';
import { memoryTable } from '#table/memory-table.ts';
import definition from './saga.asl.json' with { type: 'json' };
import { type Input, tasksOf } from './tasks.ts';

/**
 * The usual saga, one for each item of a change, on the same cloud and with the same offices as
 * Lockstep.
 */
export function textbook(cloud: Cloud, offices: Offices) {
  const stored = memoryTable({ frozen: true });
  const published: unknown[] = [];
  const run = machineOf(definition as Definition, cloud);
  const tasks = tasksOf({
    cloud,
    outside: offices.outside,
    ledger: (actor) => actor.table(stored),
    published,
  });

  async function execute(input: Input): Promise<Ended> {
    const ended = await run(input, tasks);
    cloud.actor('machine').spend('transition', ended.path.length);
    return ended;
  }

  return {
    published,
    /** One request; its function starts a saga for each item, one after the other. */
    change: (change: string, items: Input['item'][]): Promise<Ended[]> => {
      cloud.actor('gateway').spend('request');
      const begun: Promise<Ended>[] = [];
      const started = cloud.invoke('door', async (door) => {
        for (const item of items)
          await door.call('start', async () => void begun.push(execute({ change, state: 'OH', item })));
      });
      return cloud.until(started.then(() => Promise.all(begun)));
    },
    rows: () => [...stored.items()],
  };
}
