import type { SyncData } from '#events/sync-data.ts';
import { store } from '#lib/store.ts';
import { callerTasks as tasks } from '#lib/tasks.ts';
import { readSync } from './syncs/read-sync.ts';
import { endings, isEnding } from './syncs/sync.ts';

/** Answers a caller's task once: a second answer, or one that comes too late, finds the task over. The token never leaves the sync's item but to AWS. */
export async function answerTask(tenant: string, { sync_id, state, reason }: SyncData): Promise<void> {
  if (!isEnding(state)) return;
  const { taskToken } = await readSync(store(), tenant, sync_id);
  if (taskToken)
    await tasks.sendSuccess(taskToken, { result: endings[state], sync_id, ...(reason && { reason }) });
}
