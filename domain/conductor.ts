import { counted } from '#lib/aws-calls.ts';
import { logger } from '#lib/logger.ts';
import type { Conducting } from './syncs/conduct.ts';
import type { Way } from './syncs/conductors.ts';

/** A conductor as a task of the state machine: what it has come to is its result, an outage is thrown. */
export const conductor =
  <T>(name: string, conduct: (conducting: Conducting, tools: T) => Promise<Way>, tools: () => T) =>
  async (input: Conducting) => {
    const { tenant, wire, epoch } = input;
    try {
      const way = await conduct({ tenant, wire, epoch }, tools());
      logger().info(name, { tenant, sync: wire, epoch, next: way.next, ...counted() });
      return way;
    } catch (error) {
      logger().warn(name, {
        tenant,
        sync: wire,
        epoch,
        outage: error instanceof Error ? error.message : 'unknown',
        ...counted(),
      });
      throw error;
    }
  };
