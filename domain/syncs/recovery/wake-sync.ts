import type { Execution } from '#domain/syncs/saga/coordinator.ts';
import { recovered } from '#domain/syncs/saga/transitions.ts';
import type { Limits } from '#domain/syncs/sync.ts';
import type { Syncs } from '#domain/syncs/syncs.ts';
import { type JobMessage, jobMessage } from '#lib/aws/job-message.ts';
import type { Store } from '#lib/aws/table.ts';
import type { Clock } from '#lib/clock.ts';
import { openSyncs } from './open-syncs.ts';

type Waking = { syncs: Syncs; clock: Clock; limits: Limits };
type Sending = Pick<Store, 'table'> & {
  queues: { sendMessages: (messages: JobMessage[]) => Promise<void> };
  perSecond: number;
};

/** Starts a new epoch for a sync that is still in the epoch that was read. */
export async function wakeSync(
  { tenant, outsideToken, epoch, why }: Execution & { why: string },
  { syncs, clock, limits }: Waking,
): Promise<'woken' | 'moved on'> {
  const sync = await syncs.read(tenant, outsideToken);
  if (!sync || sync.epoch !== epoch) return 'moved on';
  const written = await syncs.change(sync, 'wake', (now) => recovered(now, epoch, why, clock.now(), limits));
  return written.epoch > epoch ? 'woken' : 'moved on';
}

/**
 * Wakes every sync that waits for a system, at a limited rate: a system that has just recovered is
 * not overloaded.
 */
export async function wakeWaiting(
  { system, why }: { system: string; why: string },
  { table, queues, perSecond }: Sending,
): Promise<string> {
  const messages: JobMessage[] = [];
  for await (const { tenant, outsideToken, epoch, waitingFor } of openSyncs({ table })) {
    if (!waitingFor.includes(system)) continue;
    const body = { tenant, outsideToken, epoch, why };
    messages.push(jobMessage('sync.wake', body, Math.floor(messages.length / perSecond)));
  }
  await queues.sendMessages(messages);
  return `${messages.length} to wake for ${system}`;
}
