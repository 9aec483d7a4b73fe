import { answerTask } from '#domain/syncs/recovery/answer-task.ts';
import { deployedTasks } from '#wiring/platform.ts';
import { syncSubscriber } from '#wiring/subscribers.ts';

/** Tells the Step Functions task that has asked for a sync how it ended. */
export const handler = syncSubscriber('sync/answer-task', ({ table }, { tenant, data }) =>
  answerTask(tenant, data, { table, tasks: deployedTasks() }),
);
