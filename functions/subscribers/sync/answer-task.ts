import { answerTask } from '#domain/syncs/recovery/answer-task.ts';
import { deployedTasks } from '#wiring/deployed-tools.ts';
import { syncSubscriber } from '#wiring/subscribers.ts';

/** Reports the end of a sync to the Step Functions task that requested it. */
export const handler = syncSubscriber('sync/answer-task', ({ table }, { tenant, data }) =>
  answerTask(tenant, data, { table, tasks: deployedTasks() }),
);
