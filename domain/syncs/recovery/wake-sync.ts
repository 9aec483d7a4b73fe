import type { Conducting } from '#domain/syncs/conduct.ts';
import { openSyncs } from '#domain/syncs/open-syncs.ts';
import type { Limits } from '#domain/syncs/sync.ts';
import type { Syncs } from '#domain/syncs/syncs.ts';
import { recovered } from '#domain/syncs/turn.ts';
import type { Clock } from '#lib/clock.ts';
import { type JobMessage, jobMessage } from '#lib/job-message.ts';
import type { Store } from '#lib/table.ts';

type Waking = { syncs: Syncs; clock: Clock; limits: Limits };
type Sending = Pick<Store, 'table'> & {
  queues: { sendMessages: (messages: JobMessage[]) => Promise<void> };
  perSecond: number;
};

/** A new epoch for a sync that still stands in the one that was seen. */
export async function wakeSync(
  { tenant, wire, epoch, why }: Conducting & { why: string },
  { syncs, clock, limits }: Waking,
): Promise<'woken' | 'moved on'> {
  const sync = await syncs.read(tenant, wire);
  if (!sync || sync.epoch !== epoch) return 'moved on';
  const written = await syncs.change(sync, 'wake', (now) => recovered(now, epoch, why, clock.now(), limits));
  return written.epoch > epoch ? 'woken' : 'moved on';
}

/** Asks for everything that waits for a system to go on, so many a second: a system that has just come back is not run down. */
export async function wakeWaiting(
  { system, why }: { system: string; why: string },
  { table, queues, perSecond }: Sending,
): Promise<string> {
  const messages: JobMessage[] = [];
  for await (const { tenant, wire, epoch, waits } of openSyncs({ table })) {
    if (!waits.includes(system)) continue;
    const body = { tenant, wire, epoch, why };
    messages.push(jobMessage('sync.wake', body, Math.floor(messages.length / perSecond)));
  }
  await queues.sendMessages(messages);
  return `${messages.length} to wake for ${system}`;
}
