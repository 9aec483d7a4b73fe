import { systemClock } from '#lib/clock.ts';
import { dynamoClient, sdkCalls } from '#lib/dynamo-client.ts';
import { dynamoTable } from '#lib/dynamo-table.ts';
import type { Store } from '#lib/table.ts';
import { awsClient } from './aws-client.ts';
import type { Running } from './running.ts';

/** The table of a Lockstep that runs on this machine, without the door in between. */
export const storeOf = ({ env, outputs }: Pick<Running, 'env' | 'outputs'>): Store => ({
  table: dynamoTable({ call: sdkCalls(dynamoClient(awsClient(env))), name: outputs.TableName ?? '' }),
  clock: systemClock,
});
