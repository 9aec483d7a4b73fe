import type { Item, Table, Write } from '#lib/aws/table.ts';
import { Unreached } from '#lib/outside/outside.ts';
import type { Faults } from './faults.ts';
import type { Random } from './random.ts';
import type { Process, World } from './world.ts';

/** `heard` is called at the moment of each call's effect. */
type Tools = {
  world: World;
  random: Random;
  faults: Faults;
  onEffect: (process: Process, label: string) => void;
  refused?: (process: Process, write: Write, item: Item | undefined) => void;
};

/**
 * Every effect of a process passes here, so that it can be delayed, lost, repeated, or be the
 * process's last.
 */
export function portsOf({ world, random, faults, onEffect, refused }: Tools) {
  /**
   * The caller gives up after `limitMs`; the request takes effect within `landsMs` of its
   * sending, or never.
   */
  function call<T>(
    process: Process,
    label: string,
    outside: boolean,
    take: () => Promise<T>,
    limitMs = 3_000,
    landsMs = Number.POSITIVE_INFINITY,
  ): Promise<T> {
    const effect = () => {
      onEffect(process, label);
      return take();
    };
    return new Promise((resolve, reject) => {
      if (!process.alive) return;
      const { kind, pauseMs, ...fault } = faults.of(process, label, outside);
      const gapMs = Math.min(fault.gapMs, landsMs);
      process.calls += 1;
      if (kind === 'crash-before') return world.kill(process);
      const there = random.between(0.5, 20);
      const back = random.between(0.5, 20) + pauseMs;
      const hear = (answer: () => void, ms: number) => world.after(ms, () => process.alive && answer());
      const fail = () => hear(() => reject(new Unreached('time-limit')), limitMs + pauseMs);
      if (kind === 'outage') return fail();
      if (kind === 'lost') {
        // The effect may come long after the caller has given up.
        world.after(random.chance(0.3) ? gapMs : there, () => void effect().catch(() => undefined));
        return fail();
      }
      const act = () => {
        process.decided = world.clock.now();
        return effect().then(
          (value) => hear(() => resolve(value), back),
          (error) => hear(() => reject(error), back),
        );
      };
      if (kind === 'repeat' && !outside) {
        world.after(there, () => void effect().catch(() => undefined));
        return world.after(there + gapMs, () => process.alive && void act());
      }
      if (kind === 'late') world.after(there + gapMs, () => void effect().catch(() => undefined));
      world.after(there, () => {
        if (kind !== 'crash-after') return void act();
        void effect().catch(() => undefined);
        world.kill(process);
      });
    });
  }

  return {
    call,
    table: (process: Process, table: Table): Table => ({
      getItem: (key, label = 'get') => call(process, label, false, () => table.getItem(key)),
      batchGetItems: (keys, label) => call(process, label, false, () => table.batchGetItems(keys, label)),
      updateItem: (write) =>
        call(process, write.label, false, async () => {
          const decision = await table.updateItem(write);
          if (!decision.accepted) refused?.(process, write, decision.item);
          return decision;
        }),
      putItem: (put) => call(process, put.label, false, () => table.putItem(put)),
      queryItems: (query) => call(process, query.label, false, () => table.queryItems(query)),
      queryIndex: (query) => call(process, query.label, false, () => table.queryIndex(query)),
      transactWriteItems: (writes) =>
        call(process, writes[0]?.label ?? 'transact', false, () => table.transactWriteItems(writes)),
    }),
  };
}

export type Ports = ReturnType<typeof portsOf>;
