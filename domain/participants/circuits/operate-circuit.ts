import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/aws/table.ts';
import type { Circuit } from './circuit.ts';

const turns = 5;
export type CircuitAction = { system: string; by: string; reason: string };

/** An operator's hand on a system's circuit, for everyone who calls it. What is opened or asked for anew wakes all who wait. */
export const operateCircuitOn = ({ table, clock }: Store) => {
  /** Promises: it is the standing that was read. */
  async function change(
    system: string,
    to: (from: Circuit | undefined) => Partial<Circuit>,
    wakes: boolean,
  ): Promise<Circuit> {
    for (let turn = 0; turn < turns; turn++) {
      const from = (await table.getItem(keys.standing(system), 'read-standing')) as Circuit | undefined;
      const v = (from?.v ?? 0) + 1;
      const { until: _, paused: __, ...kept } = from ?? { failures: 0 };
      const event = wakes
        ? { event: { type: 'system.recovered', at: clock.now(), why: 'an operator asked for it' }, eventV: v }
        : {};
      const item = { ...kept, ...keys.standing(system), ...to(from), ...event, v } as Circuit;
      const condition = from ? '#v = :v' : 'attribute_not_exists(#pk)';
      const decision = await table.putItem({
        label: 'operate-standing',
        item,
        condition,
        ...(from && { values: { v: from.v } }),
      });
      if (decision.accepted) return item;
    }
    throw new Error(`The standing of ${system} is being changed by many at once`);
  }

  return {
    /** Nobody calls it until it is resumed. */
    pause: ({ system, by, reason }: CircuitAction) =>
      change(system, () => ({ paused: { at: clock.now(), by, reason } }), false),
    /** Everybody may call it again, and what waited goes on. */
    resume: ({ system }: Pick<CircuitAction, 'system'>) => change(system, () => ({ failures: 0 }), true),
    /** What waits is tried now; a pause by hand stays. */
    retryNow: ({ system }: Pick<CircuitAction, 'system'>) =>
      change(system, (from) => ({ failures: 0, ...(from?.paused && { paused: from.paused }) }), true),
  };
};
