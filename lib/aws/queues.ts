import { SendMessageBatchCommand, SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import type { JobMessage } from './job-message.ts';
import { sdk } from './sdk.ts';

const most = 10;
const longestDelay = 900;

type Reached = { client: () => SQSClient; urlOf: (job: string) => string };

/** A queue's URL may name another host than the endpoint that we use. */
export const sqsClient = (at: SQSClientConfig = {}): SQSClient =>
  new SQSClient({ ...sdk, useQueueUrlAsEndpoint: false, ...at });

/**
 * The job queues, by job type. Sends in order, ten at a time; throws if a message was not taken,
 * and the whole batch is retried.
 */
export const queuesOn = ({ client, urlOf }: Reached) => ({
  async sendMessages(messages: JobMessage[]): Promise<void> {
    for (const [job, all] of Map.groupBy(messages, (message) => message.job)) {
      for (let from = 0; from < all.length; from += most) {
        const batch = all.slice(from, from + most);
        const { Failed = [] } = await client().send(
          new SendMessageBatchCommand({
            QueueUrl: urlOf(job),
            Entries: batch.map(({ body, delaySeconds }, i) => ({
              Id: String(i),
              MessageBody: JSON.stringify(body),
              DelaySeconds: Math.min(delaySeconds, longestDelay),
            })),
          }),
        );
        if (Failed.length > 0)
          throw new Error(
            `${job}: ${Failed.length} of ${batch.length} messages were not taken (${Failed[0]?.Code})`,
          );
      }
    }
  },
});
