import { keys } from '#domain/keys.ts';
import { untilWritten } from '#lib/aws/projection.ts';
import type { Store } from '#lib/aws/table.ts';
import type { Circuit } from './circuit.ts';

export type CircuitAction = { system: string; by: string; reason: string };

/**
 * An operator's actions on a circuit, for all syncs. `resume` and `retryNow` wake the syncs that
 * wait for it.
 */
export const operateCircuitOn = ({ table, clock }: Store) => {
  const change = (
    system: string,
    to: (from: Circuit | undefined) => Partial<Circuit>,
    wakes: boolean,
  ): Promise<Circuit> =>
    untilWritten(async () => {
      const from = (await table.getItem(keys.standing(system), 'read-standing')) as Circuit | undefined;
      const v = (from?.v ?? 0) + 1;
      const { until: _, paused: __, ...kept } = from ?? { failures: 0 };
      const event = wakes
        ? { event: { type: 'system.recovered', at: clock.now(), why: 'an operator asked for it' }, eventV: v }
        : {};
      const item = { ...kept, ...keys.standing(system), ...to(from), ...event, v } as Circuit;
      // Promises: the circuit is the one that was read.
      const condition = from ? '#v = :v' : 'attribute_not_exists(#pk)';
      const decision = await table.putItem({
        label: 'operate-standing',
        item,
        condition,
        ...(from && { values: { v: from.v } }),
      });
      return decision.accepted && item;
    }, `The circuit of ${system} kept changing`);

  return {
    /** Stops all calls to the system until it is resumed. */
    pause: ({ system, by, reason }: CircuitAction) =>
      change(system, () => ({ paused: { at: clock.now(), by, reason } }), false),
    /** Ends a pause, and wakes the waiting syncs. */
    resume: ({ system }: Pick<CircuitAction, 'system'>) => change(system, () => ({ failures: 0 }), true),
    /** Wakes the waiting syncs now; a pause stays. */
    retryNow: ({ system }: Pick<CircuitAction, 'system'>) =>
      change(system, (from) => ({ failures: 0, ...(from?.paused && { paused: from.paused }) }), true),
  };
};
