import { setting } from '#lib/env.ts';
import { type JobMessage, jobMessage } from '#lib/job-message.ts';
import { jobQueues as queues } from '#lib/queues.ts';
import { store } from '#lib/store.ts';
import { openSyncs } from './syncs/open-syncs.ts';

/** Asks for everything that waits for a system to go on, so many a second: a system that has just come back is not run down. */
export async function wakeWaiting({ system, why }: { system: string; why: string }): Promise<string> {
  const perSecond = setting('WAKES_PER_SECOND');
  const messages: JobMessage[] = [];
  for await (const { tenant, wire, epoch, waits } of openSyncs(store())) {
    if (!waits.includes(system)) continue;
    const body = { tenant, wire, epoch, why };
    messages.push(jobMessage('sync.wake', body, Math.floor(messages.length / perSecond)));
  }
  await queues.sendMessages(messages);
  return `${messages.length} to wake for ${system}`;
}
