import { dynamoClient, sdkCalls } from '#lib/aws/dynamo-client.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';
import type { Store } from '#lib/aws/table.ts';
import { systemClock } from '#lib/clock.ts';
import { awsClient } from './aws-client.ts';
import type { Running } from './running.ts';

/** The table of a Lockstep on this machine, without a door in between. */
export const storeOf = ({ env, outputs }: Pick<Running, 'env' | 'outputs'>): Store => ({
  table: dynamoTable({ call: sdkCalls(dynamoClient(awsClient(env))), name: outputs.TableName ?? '' }),
  clock: systemClock,
});
