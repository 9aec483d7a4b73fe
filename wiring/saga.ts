import type { AdapterReply } from '#domain/participants/adapter-messages.ts';
import { circuitsOn } from '#domain/participants/circuits/circuits.ts';
import { keepResultOn } from '#domain/syncs/saga/batch-results.ts';
import type { Execution, Tools } from '#domain/syncs/saga/coordinator.ts';
import type { NextStep } from '#domain/syncs/saga/next-step.ts';
import { counted } from '#lib/aws/aws-calls.ts';
import { logger } from '#lib/logger.ts';
import type { Platform } from './platform.ts';
import { syncToolsOn } from './syncs.ts';

type Around = Pick<Platform, 'table' | 'clock' | 'newId' | 'settings' | 'objects' | 'adapters'> & {
  systems: Pick<Platform['systems'], 'names'>;
};

/** The tools of the saga's phases. */
export const sagaToolsOn = ({ systems, objects, adapters, ...base }: Around): Tools => ({
  ...syncToolsOn(base),
  circuits: circuitsOn(base, systems.names()),
  keepResult: keepResultOn({ objects }),
  ask: askOver(adapters),
});

/** An adapter that cannot be invoked, or fails, gives `unknown`: the call may have been made. */
const askOver =
  (adapters: Around['adapters']): Tools['ask'] =>
  async ({ system: { name: system, adapter, digest }, ...asked }) => {
    try {
      return (await adapters.invokeAdapter(adapter, { ...asked, system, digest })) as AdapterReply;
    } catch (error) {
      // Lambda has throttled the invocation, so no system was called. `held`: any other failure is
      // the adapter's, not the system's.
      const sent = (error as Error).name !== 'TooManyRequestsException';
      const unknown = { reason: 'its adapter could not be invoked', held: true };
      return {
        said:
          asked.phase === 'query' ? { stands: 'unknown', ...unknown } : { vote: 'unknown', sent, ...unknown },
      };
    }
  };

/** A phase as a task of the state machine: its result is the next step, an outage is thrown. */
export const conductor =
  <T>(name: string, conduct: (conducting: Execution, tools: T) => Promise<NextStep>, tools: () => T) =>
  async (input: Execution) => {
    const { tenant, outsideToken, epoch } = input;
    try {
      const way = await conduct({ tenant, outsideToken, epoch }, tools());
      logger().info(name, { tenant, sync: outsideToken, epoch, next: way.next, ...counted() });
      return way;
    } catch (error) {
      logger().warn(name, {
        ...{ tenant, sync: outsideToken, epoch },
        outage: error instanceof Error ? error.message : 'unknown',
        ...counted(),
      });
      throw error;
    }
  };
