import { answerTask } from '#domain/answer-task.ts';
import { syncSubscriber } from '#domain/publishing/subscriber.ts';

/** Tells the Step Functions task that has asked for a sync how it ended. */
export const handler = syncSubscriber('sync/answer-task', (_, { tenant, data }) => answerTask(tenant, data));
