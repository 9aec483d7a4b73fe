import type { SyncData } from '#events/sync-data.ts';
import { store } from '#lib/store.ts';
import { callerTasks as tasks } from '#lib/tasks.ts';
import { readSync } from './syncs/read-sync.ts';

const words: Partial<Record<SyncData['state'], string>> = { committed: 'success', rolled_back: 'rolled back', undone: 'undone' };

/** Answers a caller's task once: a second answer, or one that comes too late, finds the task over. The token never leaves the sync's item but to AWS. */
export async function answerTask(tenant: string, { sync_id, state, reason }: SyncData): Promise<void> {
  const result = words[state];
  if (!result) return;
  const { taskToken } = await readSync(store(), tenant, sync_id);
  if (taskToken) await tasks.succeed(taskToken, { result, sync_id, ...(reason && { reason }) });
}
