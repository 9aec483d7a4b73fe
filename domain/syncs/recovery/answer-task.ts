import { endings, isEnding } from '#domain/syncs/sync.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import type { SyncData } from '#events/sync-data.ts';
import type { Store } from '#lib/aws/table.ts';

type Tools = Pick<Store, 'table'> & {
  tasks: { sendSuccess: (syncId: string, output: object) => Promise<unknown> };
};

/**
 * Answers a caller's task; a second or late answer finds the task ended. The task token leaves the
 * sync's item only for AWS.
 */
export async function answerTask(
  tenant: string,
  { sync_id, state, reason }: SyncData,
  { table, tasks }: Tools,
): Promise<void> {
  if (!isEnding(state)) return;
  const { taskToken } = await readSync({ table }, tenant, sync_id);
  if (taskToken)
    await tasks.sendSuccess(taskToken, { result: endings[state], sync_id, ...(reason && { reason }) });
}
